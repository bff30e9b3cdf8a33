"""Hosts that fail in turn, over simulated days: does every item arrive, once, and is no host pressed?

    python -m tests.chaos --hosts 200 --days 10

Each host publishes at a rate of its own and lists its newest items in a window of its own. For eight hours of every
twenty-four it fails, in one of the ways of `Fault`, a third of the hosts at any time; every few simulated hours comes a
round of poll and fetch. After the last day follow thirty calm hours without failures and without news, so that what
waits for a host can be fetched. Then `judgement` looks.

What is fair to expect, by the server's own record of what it handed over: an item is *owed* if
(a) it was listed in at least two answers that the host gave well (the whole body, or an honest 304), or
(b) it was listed for at least 48 hours: a host fails for a third of them, and no feed waits longer than a day.
An item that was listed only while its host failed, or in one answer alone, is not owed (nor forbidden).
A gap is owed where an item was listed after the first good answer and never handed over before it left the window;
and forbidden where none was lost. Sitemaps, which could mend gaps, are not served.
"""

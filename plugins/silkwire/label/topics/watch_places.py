"""The places a text names, for topics that need one: by ISO 3166 code and by id of `config/regions.yaml`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from silkwire.label.matching.normal import NormalText
from silkwire.label.regions.mentions import Mention
from silkwire.label.regions.places import Key
from silkwire.records import Evidence


def named_places(
    mentions: Iterable[Mention], text: NormalText, groups: Mapping[Key, Sequence[str]]
) -> dict[str, Evidence]:
    """Return each country, division and region that a text names, with the first mention of it.

    `groups` tells the regions of a member. The outlet's presumed country is no mention.
    """
    named: dict[str, Evidence] = {}
    for mention in mentions:
        keys = (("country", mention.country), ("division", mention.division), ("region", mention.region))
        regions = [region for kind, code in keys if code for region in groups.get((kind, code), ())]
        codes = [code for code in (mention.country, mention.division, *regions) if code]
        if not all(code in named for code in codes):
            span = text.evidence(mention.start, mention.end)
            for code in codes:
                named.setdefault(code, replace(span, kind=mention.kind, place=mention.place))
    return named

"""ISO 3166-1 alpha-2 codes, as analysts write them into lists of sources."""

import re
from difflib import get_close_matches
from functools import cache

from silkwire.errors import Config

# Codes that CLDR lists beside the countries of ISO 3166-1: groupings, islands without a code, private use (XK is
# Kosovo's, which ISO leaves open and everybody uses).
_NOT_COUNTRIES = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))

_ALPHA2 = re.compile(r"^[A-Z]{2}$")


def check_country(code: str | None, place: str) -> str | None:
    """Return the code in capitals; raise `Config` for an unknown one, naming `place` and the country that was meant."""
    if code is None or code.upper() in _countries():
        return code.upper() if code else None
    names = {country.casefold(): known for known, country in _countries().items()}
    near = get_close_matches(code.casefold(), names, n=1, cutoff=0.6)
    meant = names[near[0]] if near else next(iter(get_close_matches(code.upper(), _countries(), n=1, cutoff=0.5)), None)
    hint = f" Did you mean {meant} ({_countries()[meant]})?" if meant else ""
    raise Config(f"{place}: country={code!r} is no ISO 3166-1 alpha-2 code.{hint}")


@cache
def _countries() -> dict[str, str]:
    """ISO 3166-1 alpha-2 codes with English names, from CLDR."""
    from babel import Locale

    territories = {str(code): str(country) for code, country in Locale("en").territories.items()}
    return {
        code: territories[code] for code in sorted(territories) if _ALPHA2.match(code) and code not in _NOT_COUNTRIES
    }

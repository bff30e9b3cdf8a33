"""Which languages' names and terms a text of a given language may hold."""

# The press of these languages borrows names from its neighbour's, and short texts are easily taken for it.
_NEIGHBOURS = {
    "kk": ("ru",),
    "ky": ("ru",),
    "tg": ("ru",),
    "mn": ("ru",),
    "tt": ("ru", "kk"),
    "ba": ("ru", "kk"),
    "be": ("ru",),
    "uk": ("ru",),
    "bg": ("ru",),
    "uz": ("tr", "en"),
    "tk": ("tr", "en"),
    "az": ("tr",),
    "prs": ("fa",),
}
WRITTEN = ("en", "fr", "ru", "zh", "kk", "ky", "uz", "tg", "tk", "ug", "mn", "tr", "fa", "ar", "de", "uk", "az", "es")


def primary(language: str) -> str:
    """Return the primary subtag: `uz-Latn` and `uz_Cyrl` are `uz`."""
    return language.replace("_", "-").partition("-")[0].lower()


def spoken(language: str) -> tuple[str, ...]:
    """Return the languages whose names may stand in a text of this language, itself first.

    A text of no known language may hold any language the project has words for.
    """
    code = primary(language)
    if code in ("und", "mul", "zxx", ""):
        return WRITTEN
    if code == "uz" and language.lower().endswith("cyrl"):
        return ("uz", "ru")
    neighbours = _NEIGHBOURS.get(code, () if code in WRITTEN else ("en",))
    return (code, *neighbours)

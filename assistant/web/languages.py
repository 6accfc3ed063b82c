"""Which of the interface's languages somebody sees."""


def base(lang: str) -> str:
    """`es-MX` → `es`."""
    return lang.replace("_", "-").split("-")[0].lower()


def interface_language(wish: str, available: tuple[str, ...]) -> str:
    """The wish if the interface speaks it, else the interface's first language."""
    return base(wish) if base(wish) in available else available[0]

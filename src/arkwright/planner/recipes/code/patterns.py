"""Patterns: regular expressions for the kinds of things people look for in text, in a form Python and JavaScript share."""

KINDS: dict[str, str] = {
    "email": r"[A-Za-z0-9_][A-Za-z0-9_.%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    "url": r"""https?:\/\/[^\s<>"'()\[\]{}]*[^\s<>"'()\[\]{}.,;:!?]""",
    "ip": r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?![\d]|\.\d)",
    "phone": r"(?<![\w+])(?:\+\d{1,3}[ .\-]?)?(?:\(\d{1,5}\)[ .\-]?)?\d{2,5}(?:[ .\-\/]\d{2,5}){1,4}(?!\w)",
    "date": r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}[.\/]\d{1,2}[.\/]\d{4})(?!\d)",
    "time": r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])",
    "number": r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?![\w]|\.\d)",
    "hashtag": r"(?<!\w)#[A-Za-z_]\w*",
    "mention": r"(?<![\w.])@[A-Za-z_]\w*",
    "colour": r"(?<!\w)#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})(?!\w)",
    "uuid": r"(?<!\w)[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?!\w)",
    "year": r"(?<!\d)(?:19|20)\d{2}(?!\d)",
    "domain": r"(?<=@)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
}

NAMES: dict[str, tuple[str, str]] = {
    "email": ("e-mail address", "e-mail addresses"),
    "url": ("web address", "web addresses"),
    "ip": ("IP address", "IP addresses"),
    "phone": ("phone number", "phone numbers"),
    "date": ("date", "dates"),
    "time": ("time", "times"),
    "number": ("number", "numbers"),
    "hashtag": ("hashtag", "hashtags"),
    "mention": ("mention", "mentions"),
    "colour": ("hex colour", "hex colours"),
    "uuid": ("UUID", "UUIDs"),
    "year": ("year", "years"),
    "domain": ("mail domain", "mail domains"),
    "lines": ("line", "lines"),
    "words": ("word", "words"),
    "characters": ("character", "characters"),
    "regex": ("match", "matches"),
}

# A word is letters and digits, with apostrophes and hyphens inside it: "don't", "well-known".
WORD = r"[^\W_]+(?:['’-][^\W_]+)*"
WORD_JS = r"[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*"

"""Secrets: what looks like one, by file name or by value, and how it is blotted out of text."""

import math
import re
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import PurePosixPath

FILES = (
    ".env",
    ".env.*",
    "*.env",
    "secret.*",
    "secrets.*",
    "secrets",
    "*_secret.*",
    "*_secrets.*",
    "credential*",
    "*credentials*",
    "id_rsa*",
    "id_dsa*",
    "id_ecdsa*",
    "id_ed25519*",
    "*.pem",
    "*.key",
    "*.p12",
    "*.pfx",
    "*.jks",
    "*.kdbx",
    "*.keystore",
    "*.ppk",
    ".netrc",
    "_netrc",
    ".npmrc",
    ".pypirc",
    ".pgpass",
    ".htpasswd",
    ".git-credentials",
    ".dockercfg",
    "wallet.dat",
    "shadow",
    "token",
    "token.txt",
    "tokens.txt",
    "*_token.txt",
    "*-token.txt",
    "token.json",
    "key.txt",
    "keys.txt",
    "*api_key*",
    "*api-key*",
    "*apikey*",
    "password.*",
    "passwords.*",
    "passwd",
    "service-account*.json",
    "service_account*.json",
    "kubeconfig",
    "*.ovpn",
    "master.key",
    "*vault*.yml",
)
FOLDERS = (".ssh", ".aws", ".gnupg", ".kube", ".azure", ".docker", "secrets")
NAMES = r"pass(?:word|wd|phrase)?|pwd|secret|token|(?:api|access|auth|private)[_-]?key|client[_-]?secret|credentials?|bearer"
VALUES = {
    "private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)",
    "AWS key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "Stripe key": r"\b[sr]k_(?:live|test)_[0-9A-Za-z_]{6,}",
    "GitHub token": r"\b(?:gh[pousr]_[0-9A-Za-z]{20,}|github_pat_[0-9A-Za-z_]{20,})",
    "GitLab token": r"\bglpat-[0-9A-Za-z_-]{16,}",
    "Slack token": r"\bxox[abeprs]-[0-9A-Za-z-]{10,}",
    "Google key": r"\bAIza[0-9A-Za-z_-]{30,}",
    "model key": r"\bsk-(?:ant-|proj-)?[0-9A-Za-z_-]{20,}",
    "JWT": r"\beyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]*",
    "password in a URL": r"(?<=://)[^\s/:@]+:[^\s/@]+(?=@)",
    "Authorization header": r"(?i)(?<=authorization: )(?:bearer|basic) [^\s\"']+",
}
ASSIGNED = re.compile(
    rf"(?i)(?<![a-z])(?P<name>[\w-]*(?:{NAMES})[\w-]*)(?P<sign>[\"']?\s*(?:=|:(?!//))\s*[\"']?)(?P<value>[^\s\"',;&]{{6,}})"
)
NAMED = re.compile(rf"(?i){NAMES}")  # in all that ASSIGNED finds, and found sooner
PATTERNS = [(kind, re.compile(pattern)) for kind, pattern in VALUES.items()]
WORD = re.compile(r"[A-Za-z0-9+/_=-]{28,}")
BLOT = "[secret]"
MOST = 1 << 20
"""Longest text that is scanned; what is longer counts as unreadable and is cut when blotted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A secret in a text: what it looks like and where. The value itself is left where it was."""

    kind: str
    start: int
    end: int


def is_secret_file(path: str) -> bool:
    """Whether a file is likely to hold secrets, by its name and its folders."""
    pure = PurePosixPath(path.lower())
    return any(fnmatch(pure.name, pattern) for pattern in FILES) or any(part in FOLDERS for part in pure.parts[:-1])


def find_secrets(text: str) -> tuple[Finding, ...]:
    """Everything in `text` that looks like a secret, in order."""
    text = text[:MOST]
    found = [Finding(kind, *match.span()) for kind, pattern in PATTERNS for match in pattern.finditer(text)]
    if NAMED.search(text):
        found += [
            Finding(match["name"].lower(), *match.span("value")) for match in ASSIGNED.finditer(text) if _is_value(match["value"])
        ]
    found += [Finding("random token", *match.span()) for match in WORD.finditer(text) if _is_random(match[0])]
    return tuple(sorted(found, key=lambda each: (each.start, -each.end)))


def redact(text: str) -> str:
    """`text` with each secret replaced by a blot."""
    parts: list[str] = []
    at = 0
    for finding in find_secrets(text):
        if finding.end <= at:
            continue
        parts += [text[at : max(at, finding.start)], BLOT]
        at = finding.end
    return "".join(parts) + text[at:MOST]


def _is_value(value: str) -> bool:
    """Not a placeholder, a reference to a variable, or a word about passwords."""
    return not re.fullmatch(
        r"(?i)[<{$*\[(].*|x+|\.+|none|null|true|false|required|string|missing|invalid|secret\]?|(?:bearer|basic)", value
    )


def _is_random(word: str) -> bool:
    """Long, of mixed classes and high entropy: a key, not a hash in hex, an identifier or a path."""
    if re.fullmatch(r"[0-9a-fA-F-]+", word) or ("/" in word.strip("/") and word.count("/") > 2):
        return False
    kinds = [len(re.findall(pattern, word)) for pattern in ("[a-z]", "[A-Z]", "[0-9]")]
    if min(kinds) < 3 or re.search(r"[A-Za-z]{9,}", word):
        return False
    counts = [word.count(letter) / len(word) for letter in set(word)]
    return -sum(share * math.log2(share) for share in counts) >= 4.0

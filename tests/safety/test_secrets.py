"""Secrets: recognised by name and by value, and blotted out; ordinary text is left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arkwright.safety.secrets import BLOT, find_secrets, is_secret_file, redact

SECRETS = [
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----",
    "AKIAIOSFODNN7EXAMPLE",
    "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
    "sk_test_canary_20391",
    "ghp_0123456789abcdefghij0123456789abcdef",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N",
    "DB_PASSWORD=hunter-canary-5561",
    'password: "correct horse"',
    "api_key=abc123def",
    "client_secret = s3cr3tvalue",
    "xoxb-123456789012-abcdefghijkl",
    "https://bob:hunter22@example.com/",
    "Authorization: Bearer abc.def.ghi",
    "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY",
    "Kx9vQ2mZ7pL4wR8tY3nB6cH1jF5dS0gA",
    "glpat-abcdefghij1234567890",
]
ORDINARY = [
    "region,amount\nnorth,1",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6f1c2b52-8a9e-4c57-b7a4-0d1c2f3e4a5b",
    "the password reset mail is missing",
    "tokens: 512",
    "token.txt",
    "https://example.com/a/long/path/to/some/page?id=12",
    "The secret of the garden",
    "/tmp/scratch/3f9a1c.parquet",
    "src/arkwright/planner/recipes/code/python.py",
    "password=",
    "PASSWORD=$DB_PASSWORD",
    "key: value",
    "2024-01-31T12:00:00Z",
    "Keyboard: 12 units",
    "sum_of_amount_by_region_and_month_2024_final_version",
]


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_is_found_and_blotted_out(text: str) -> None:
    assert find_secrets(text)
    assert BLOT in redact(f"before {text} after")


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert find_secrets(text) == ()
    assert redact(text) == text


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        "prod.env",
        "a/b/secrets.yaml",
        "id_rsa",
        ".ssh/config",
        "server.pem",
        "credentials.json",
        "Token.txt",
        "api_key.txt",
        "passwords.csv",
        ".netrc",
    ],
)
def test_a_file_of_secrets_is_known_by_its_name(path: str) -> None:
    assert is_secret_file(path)


@pytest.mark.parametrize(
    "path",
    [
        "sales.csv",
        "environment.md",
        "keyboard.csv",
        "secretary.docx",
        "token_counts.csv",
        "monkey.txt",
        "report.pdf",
        "passenger.csv",
    ],
)
def test_an_ordinary_file_is_not(path: str) -> None:
    assert not is_secret_file(path)


@settings(deadline=None)
@given(st.text(), st.sampled_from(SECRETS), st.text())
def test_the_value_of_a_secret_never_survives(before: str, secret: str, after: str) -> None:
    clean = redact(f"{before} {secret} {after}")
    assert secret not in clean


@settings(deadline=None)
@given(st.text())
def test_blotting_twice_changes_nothing_more(text: str) -> None:
    assert redact(redact(text)) == redact(text)

"""The verifier: reads the request again with code of its own, recomputes, and says what is proven."""

from arkwright.verifier.verify import RequestVerifier

__all__ = ["RequestVerifier"]

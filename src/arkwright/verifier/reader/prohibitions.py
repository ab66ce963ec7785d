"""Prohibitions: what must not happen - nothing lost, nothing overwritten, originals and other files left alone. Each is checked."""

from arkwright.verifier.demands import Special
from arkwright.verifier.reader.work import Work

THINGS = r"(?:the |any |all |my |its |their |of )*(?:originals?|original (?:files?|images?|pictures?|photos?|documents?|texts?|versions?)|(?:first|old) (?:files?|ones?|versions?|texts?)|pictures?|photos?|source|source files?|input|inputs|old (?:one|version|file)|{file}|files?|contents?)"
LOST = (
    r"(?:(?:and|but|please) )*(?:nothing|no files?|none of (?:it|them)|not a single file) (?:may|must|should|can|is to|shall|is allowed to|gets?|is) (?:be |get )?(?:lost|deleted|removed|missing|thrown away)",
    r"(?:(?:and|but|please) )*(?:don't|do not|never|without) (?:delet(?:e|ing)|los(?:e|ing)|remov(?:e|ing)|throw(?:ing)? away) (?:anything|any(?: of the| of them)?(?: files?)?|a file|files|data|them|it)(?: away)?",
)
UNTOUCHED = (
    rf"(?:(?:and|but|please) )*(?:leave|keep|keeping|leaving) {THINGS}(?: file)? (?:as (?:it|they) (?:is|are|was|were)|alone|unchanged|untouched|intact|as is)",
    rf"(?:(?:and|but|please) )*(?:don't|do not|never|without) (?:chang(?:e|ing)|touch(?:ing)?|modify(?:ing)?|alter(?:ing)?|overwrit(?:e|ing)|edit(?:ing)?) (?:{THINGS}|anything|anything else|it|them)(?: itself)?(?! (?:that|which|except|but|other))",
    rf"(?:(?:and|but|please) )*{THINGS} (?:must|should|has to|have to|may|shall|will)? ?(?:stays?|remains?|be kept|be left|not be (?:changed|touched|altered|modified|overwritten)|not change)(?: unchanged| untouched| as (?:it|they) (?:is|are)| as is| alone| the same| intact| where (?:it|they) (?:is|are))*",
    rf"(?:(?:and|but|please) )*keep {THINGS}(?= |$)(?! in)",
)
OTHERS = (
    r"(?:(?:and|but|please) )*(?:leave|keep|leaving) (?:the |all |any )*(?:others?|other files?|other things|rest|everything else|remaining files?)(?: files?)? (?:alone|as (?:it|they) (?:is|are)|unchanged|untouched|where (?:it|they) (?:is|are)|in place)",
    r"(?:(?:and|but|please) )*(?:don't|do not|never|without) (?:touch(?:ing)?|chang(?:e|ing)|mov(?:e|ing)|renam(?:e|ing)) (?:the |any |all )*(?:others?|other files?|other things|rest|anything else|everything else)(?: files?)?",
    r"(?:(?:and|but|please) )*(?:the )?(?:others?|other files|rest) (?:must |should |shall )?(?:stay|remain|stays|remains)(?: where they are| as they are| in place| untouched| unchanged)?",
)
OVERWRITE = (
    r"(?:(?:and|but|please) )*(?:don't|do not|never|without) (?:overwrit(?:e|ing)|replac(?:e|ing)) (?:anything|any files?|existing files?|any existing files?|a file|files|each other)",
    r"(?:(?:and|but|please) )*(?:nothing|no files?) (?:may|must|should|can|is to|shall) be (?:overwritten|replaced|changed)",
)


def read_prohibitions(work: Work) -> None:
    """Take each prohibition and demand a check of it."""
    for kind, patterns in (("lost", LOST), ("others", OTHERS), ("lost", OVERWRITE), ("untouched", UNTOUCHED)):
        for pattern in patterns:
            for match in work.script.find(pattern):
                work.script.take(match, "prohibition")
                work.demands.prohibitions.append(Special(kind, work.script.clause(match)))

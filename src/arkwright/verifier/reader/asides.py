"""Asides: what a request says about the sender, the occasion and the source, which asks for nothing."""
# ruff: noqa: E501 - patterns and cases read best on one line

from arkwright.verifier.script import Script

DAY = "(?:today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next week|this week|this afternoon|this morning)"
ASIDES = (
    rf"(?:i|we) (?:have|need|want|must|should) (?:to )?(?:show|present|hand in|send|report|hand over|give|discuss) (?:something|it|this|that|them|the results?|the numbers) (?:(?:to|with|at) (?:the|my|our|a) [a-z]+ )?(?:on|by|before|at)? ?(?:{DAY}|the meeting)?",
    rf"(?:for|by|before|until|on) (?:the |our |my )?(?:{DAY}(?:'s)?(?: meeting| presentation| review)?|meeting|presentation|board meeting)",
    r"(?:{file}|it|this|that) is (?:an?|the|our) (?:sqlite|csv|excel|json|sql)? ?(?:database|file|workbook|export|log|dump|table|list|spreadsheet)(?: of [a-z ]+)?(?: \( (?:the )?(?:tables?|sheets?) (?:{tab}|{col})(?:(?: ,)?(?: and)? (?:{tab}|{col}))* \))?",
    r"\( (?:the )?(?:tables?|sheets?|columns?) (?:{tab}|{col})(?:(?: ,)?(?: and)? (?:{tab}|{col}))* \)",
    r"(?:the |our |an? )?(?:csv|excel|json|sqlite|log|markdown|text|xlsx) (?:file|workbook|database|table|export|log)? ?(?={file})",
    r"(?:that's all|that is all|no rush|if possible|if you can|as soon as possible|when you have time|would be great|would be nice|is fine|is ok|is okay|would do|that would help|you'd help me a lot|if you don't mind|for me|for us|to look at|so i can (?:look at|use|open|check|see) (?:it|them)(?: in excel)?)",
    r"\( (?:the |my |our )?(?:bearer )?token (?:is|stands|lies|can be found) in {file}(?: ,)?(?: as)?(?: a)?(?: bearer)?(?: token)? \)|(?:use|using|with) (?:the )?(?:bearer )?token (?:from|in) {file}(?: as bearer)?",
    r"in total(?= |$)|altogether|all in all",
    r"keep(?:ing)? (?:only|just)(?= )",
    r"(?:what|which) (?:i|we) (?:need|want) (?:is|are)|(?:i'm|i am|we're|we are) (?:interested in|looking for)|(?:i|we) (?:only |just )?(?:need|want)",
)


def read_asides(script: Script) -> None:
    """Take the asides."""
    for pattern in ASIDES:
        for m in script.find(pattern):
            script.take(m, "aside")

"""Phrases: how requests say what is done to tables, one constant a pattern, alternatives between bars."""


def _list(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split("|"))


DAYS_NUMBER_OF_DAYS = _list(
    """number of days | days | the number of days | how many days | day count | time | difference in days | rental days | the
    days | length in days"""
)
DURATION_AT_IN_DAYS = _list("""in days | ( in days ) | ( days ) | of a rental | of the rentals | of rentals""")
DURATION_AT_LENGTH_IN_DAYS = _list(
    """length in days | duration in days | length | duration | number of days | days | time | number of rental days | rental
    days"""
)
COLUMN_FILTER_OR_LESS = _list("""or less | or fewer | or below | or lower | and below | or under""")
COLUMN_FILTER_OR_MORE = _list("""or more | and more | or above | and above | or over | or higher | and up""")
BLANK_TAIL_PRESENT = _list("""present | filled in | known | not blank | not empty | non-blank""")
BLANK_TAIL_MISSING = _list(
    """missing | blank | empty | not given | n / a | na | n.a | null | nan | none | unknown | not there | not filled in"""
)
LOG_ANSWERED = _list(
    """answered with | answered by | answered | returned | returning | ended with | ended in | ending in | resulted in | resulting in |
    gave | giving | got | with status | with status code | with the status | with code | with the status code | responded with | served with |
    failed with | have status | had status | have the status | had the status code | with response code"""
)
BARE_COMPARISON_IN_STOCK = _list("""in stock | on stock | left in stock | left | in the warehouse | on hand""")
NEGATION_NOT = _list(
    """not | not in | not from | except | except for | excluding | without | other than | but not | leaving out | leave out |
    ignoring | ignore | apart from | isn't | aren't | not the | but | but for | all but | everyone but | save for | with the exception of"""
)
STATE_THAT_HAVE_A = _list("""that have a | which have a | that have an | with a known | with a""")
STATE_WITHOUT_A = _list(
    """without a | without an | without any | without | with no | that have no | which have no | that has no | lacking a |
    lacking | missing the | missing a | missing | with a missing | with an empty | with a blank | with missing | with
    blank | with empty | where there is no | have no | has no"""
)
NEVER_NEVER = _list("""never | have never | has never | haven't | have not | didn't | did not | has not | hasn't""")
LOG_ERRORS = _list("""errors | error | responses | requests | status | status code | response | hits | answers""")
ORDER_IN_ASCENDING_ORDER = _list(
    """small to big | from small to big | smallest to biggest | sorted asc | sort asc | asc | sorted ascending | with the smallest at the top |
    in ascending order | ascending | in increasing order | from low to high | from lowest to highest | lowest to highest |
    from smallest to largest"""
)
ORDER_IN_DESCENDING_ORDER = _list(
    """with the largest at the top | with the biggest at the top | with the highest at the top | largest at the top | from big to small |
    big to small | biggest to smallest | large to small | sorted desc | sort desc | desc | sorted descending | from most to fewest |
    in descending order | descending | in decreasing order | from high to low | from highest to lowest | highest to lowest
    | from largest to smallest | largest to smallest | from most to least"""
)
ORDER_IN_CHRONOLOGICAL_ORDER = _list("""in chronological order | chronologically | sorted chronologically""")
ORDER_IN_ALPHABETICAL_ORDER = _list(
    """in alphabetical order | alphabetically | alphabetical order | sorted alphabetically | alphabetical | in alphabetic
    order"""
)
ORDER_SORTED_BY = _list(
    """rank by | rank them by | arranged by | arrange by | sorted according to | ordered according to | order according to | sort according to | ordering by | ranking by | sorted after |
    sorted by | sort by | sort them by | sort it by | ordered by | order by | sorted on | in order of | sorted in order of
    | ranked by | sorting by | sort on | sorted alphabetically by | alphabetically by | in alphabetical order of | sort
    the result by | sort the rows by | sort the list by | order them by | in ascending order of | in descending order of"""
)
FIRST_FIRST = _list("""first | on top | at the top | up front | come first | comes first""")
SORT_TAIL_ASCENDING = _list(
    """ascending | ascending order | asc | low to high | lowest to highest | smallest to largest | increasing | increasing
    order | oldest to newest"""
)
SORT_TAIL_DESCENDING = _list(
    """descending | descending order | desc | high to low | highest to lowest | largest to smallest | decreasing | decreasing
    order | newest to oldest"""
)
RANKED_CHANGES = _list(
    """changes | change | increases | increase | decreases | drops | rises | movements | swings | jumps | growth"""
)
BY_BY = _list(
    """by | in terms of | according to | based on | ranked by | measured by | judged by | going by | in | of | for | sorted
    by"""
)
PIVOT_ACROSS_THE_TOP = _list(
    """across the top | as columns | in the columns | in columns | on the columns | across | as the columns | for columns |
    along the top | at the top | as column | horizontally | on top"""
)
PIVOT_DOWN_THE_SIDE = _list(
    """down the side | as rows | in the rows | in rows | on the rows | down | as the rows | for rows | on the left | down the
    left | as row | as lines | vertically | on the side"""
)
PIVOT_IN_THE_CELLS = _list(
    """and the cells show | the cells show | the cells hold | the cells contain | cells show | where they cross | where they meet | in it | at the crossings | inside | in the cells | in each cell | as the values | as values | in the cell"""
)
PIVOT_ONE_COLUMN_PER = _list(
    """one column per | one column for each | a column per | a column for each | a column for every | one column for every"""
)
PIVOT_ONE_ROW_PER = _list(
    """one row per | one row for each | a row per | a row for each | one row for every | a line per | one line per | a row
    for every"""
)
PIVOT_ONE_LINE_PER = _list(
    """one line per | one line for each | a line per | a line for each | one bar per | one bar for each | one series per |
    one colour per | one color per | a bar for each | a bar per | a line for every | one line for every"""
)
PIVOT_PIVOT_TABLE = _list("""pivot table | pivot | cross table | crosstab | cross tabulation | matrix | pivot it | cross-table""")
CLEAN_ALL_COLUMNS_KEPT_AS_THEY_ARE = _list(
    """all columns kept as they are | all columns | every column | all the columns | columns kept as they are | keep all
    columns | kept as they are | as they are | with all columns | keep everything | keeping all columns | unchanged"""
)
CLEAN_DROP_ROWS_WITH = _list(
    """drop rows with | remove rows with | skip rows with | leave out rows with | ignore rows with | drop the rows with |
    remove the rows with | ignoring rows with | drop all rows with | leave out | skip | ignore | drop | remove | leaving
    out | skipping | ignoring | excluding | without counting"""
)
CLEAN_ALL_THREE_FILES = _list(
    """all three files | all files | all the files | the three files | all three | over all | all of them | across all files
    | over all three files | all three months | all two files | both files | all sheets | both sheets | across all three
    files | three files"""
)
CLEAN_FILTER = _list(
    """filter | filtered | filter out | select | pick | pick out | keep only | keep | extract | pull out | the rest | rest |
    do they work | work in"""
)
CLEAN_CALLED = _list("""called | named | with | for | with the | that holds | showing""")
CLEAN_ADD_A_COLUMN = _list(
    """add a column | add the column | add a new column | add another column | add | adding a column | with a column | with a
    new column | plus a column"""
)
CLEAN_ONE_ROW_PER_ITEM = _list(
    """one row per item | one line per item | flatten | flattened | flat | one row for each item | one row per order line |
    one row per order item"""
)
TOTAL_ROW = _list(
    """total row | total line | totals row | totals line | grand total row | grand total line | row of totals | row with the totals | line with the totals |
    row with totals | row with the total | line with the total | row for the total | row for the grand total | line for the grand total |
    row with the grand total | line with the grand total | sum row | summary row with the totals | grand total at the end | grand total at the bottom |
    total at the bottom | total at the end | totals at the bottom | totals at the end"""
)
TOTAL_ROW_AT_THE_END = _list(
    """at the end | at the bottom | at the very end | at the foot | as the last row | as last row | underneath | below | at the end of the table"""
)
CLEAN_SUMMARY_STATISTICS = _list(
    """summary statistics | descriptive statistics | basic statistics | describe | statistics | stats | statistical summary"""
)
CLEAN_KEEP_THE_FIRST = _list(
    """keep the first | keep one of each | keep only the first | keeping the first | keeping one of each | keep just one of
    each | keep the first one | keep one"""
)
CLEAN_IGNORING_CASE = _list(
    """ignoring case | case insensitive | case - insensitive | case-insensitive | case insensitively | regardless of case |
    ignoring upper and lower case | whatever the case | upper and lower case do not matter | upper or lower case doesn't
    matter | no matter the case | upper / lower case doesn't matter | case doesn't matter | case does not matter | upper /
    lower case does not matter | ignore case | ignore upper and lower case"""
)
WORDS_AS_THEY_ARE_COUNTED = _list(
    """ignore upper / lower case and punctuation | ignore case and punctuation | ignoring case and punctuation | ignore upper / lower case |
    ignoring upper / lower case | ignoring upper and lower case and punctuation | ignoring upper / lower case and punctuation |
    ignore upper and lower case and punctuation | ignore punctuation and case | ignoring punctuation and case | ignore punctuation |
    ignoring punctuation | without punctuation | without the punctuation | punctuation does not count | punctuation doesn't count |
    punctuation removed | and punctuation | strip punctuation | stripping punctuation | lower - cased | in lower case | lowercased |
    lowercase | all in lower case | not counting punctuation | upper and lower case are the same | upper / lower case are the same |
    ignoring capitals and punctuation | ignore capitals | ignoring capitals | ignoring capitalisation | ignoring punctuation and capitals |
    ignoring punctuation and capitalisation | case and punctuation do not matter | case and punctuation don't matter | capitals and small letters are the same"""
)
ROUND_TO_WHOLE = _list(
    """rounded to whole numbers | rounded to integers | rounded to whole euros | in whole numbers | as whole numbers | rounded to the nearest whole number |
    rounded to full euros | without decimals | no decimals | rounded to the nearest euro | rounded to whole degrees"""
)
CLEAN_THE_SAME = _list(
    """the same | same | based on | based on the | judged by | on the basis of | going by | compare by | comparing | sharing
    the same | by"""
)
CLEAN_REMOVE_DUPLICATES = _list(
    """remove duplicates | remove the duplicates | drop duplicates | remove duplicate rows | deduplicate | dedupe |
    de-duplicate | remove the doubles | without duplicates | no duplicates | remove doubles | removes doubles | remove
    duplicate | duplicates removed | drop the duplicates | get rid of duplicates | get rid of the duplicates | each only
    once | only once | unique | distinct | take out the duplicates | weed out duplicates | remove repeated | without
    doubles | no doubles | duplicate rows removed | remove duplicate entries | duplicate entries | duplicates | duplicate"""
)
DISTINCT_IGNORING_CASE = _list(
    """ignoring case | case insensitive | case-insensitive | case insensitively | regardless of case | ignoring upper and
    lower case | whatever the case | upper and lower case do not matter | upper or lower case doesn't matter | no matter
    the case"""
)
DROP_MISSING = _list(
    """missing | blank | empty | without | with no | with missing | with a missing | with blank | with a blank | with an
    empty | with empty | that have no | that have a blank | having no | blanks | gaps | missing values | missing value |
    blank cells"""
)
TAG_STACK = _list(
    """stack | stacked | stack them | combine | combined | append | appended | put together | concatenate | union | all three
    together | merge | merged | join | joined | together | underneath each other | one below the other | glue"""
)
WINDOW_IN_PERCENT = _list("""in percent | in % | as a percentage | as percent | as percentage""")
WINDOW_IN_PERCENT_X = _list("""in percent | in % | as a percentage | as percent | of the total | of total | of the whole""")
WINDOW_SHARE_OF_THE_TOTAL = _list(
    """share of the total | share of total | percentage of the total | percentage of total | percent of the total | share in
    the total | share of the whole | percentage share | share in percent | share | percentage | proportion | percent share
    | % of total | % of the total | its share | shares"""
)
WINDOW_RUNNING_TOTAL = _list(
    """running total | running sum | cumulative total | cumulative sum | cumulative | running totals | cumulated"""
)
WINDOW_GROWTH = _list("""growth | growth rate | percentage change | percent change | change in percent | % change""")
WINDOW_MONTH_OVER_MONTH = _list("""month over month | month - over - month | month-over-month | monthly | month on month""")
WINDOW_MONTH_OVER_MONTH_X = _list("""month over month | month - over - month | month-over-month | monthly | month on month""")
OVER_TIME_FROM_MONTH_TO_MONTH = _list(
    """from month to month | from one month to the next | over the previous month | month over month | between months | over
    time | from the month before | compared to the previous month | compared with the previous month | on the month before
    | to the previous month | between consecutive months | from the previous month | versus the previous month"""
)
SELECT_AS_COLUMNS = _list("""as columns | columns | column | only | as the columns | fields""")
SELECT_WITH_COLUMNS = _list(
    """with columns | with the columns | as columns | columns | the columns | only the columns | these columns | just the
    columns | fields | the fields | with the fields"""
)
ASK_IN_YOUR_ANSWER = _list("""in your answer | in the answer | as an answer | in your reply | tell me | let me know | answer""")

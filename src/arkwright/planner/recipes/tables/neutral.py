"""Neutral: words that tell that something is made, shown, found or wanted, and say nothing about what; none of them restricts, orders or names."""

from arkwright.planner.lexicon import words

# What is done with a result, in any form of the verb. Nothing that leaves out, keeps apart, sorts, rounds or limits.
DOING = words(
    """
    show shows shown showing display displays displayed state states stated stating mention mentioned mentions tell told telling present presents
    presented presenting list lists listed listing give gives given giving name names deliver delivers delivered hand handed provide provided
    supply supplied offer report reported need needs needed want wants wanted require requires required request requested wish wished like
    expect expected draw draws drawn drawing plot plotted store stored storing save saved keep kept keeping place placed put puts putting write written
    writing note noted create created make made build built produce produced generate generated prepare prepared compute computed calculate
    calculated work worked evaluate evaluated evaluation analyse analysed analyze analyzed analysis determine determined determining find found finding see seen look looked take
    taken taking contain contains contained containing hold holds held include included comprise comprises record recorded collect collected
    collecting gather gathered grab pull pulled fetch fetched load loaded retrieve retrieved query queried obtain obtained get got gets receive received use used
    using base based go goes went come comes came coming lie lies lay sit sits stand stands stay stays follow follows followed
    belong belongs belonging happen happens happened occur occurs occurred refer refers referring mean means meant concern concerns concerned matter
    matters check checked checking search searched inspect inspected examine examined visit visited export exported convert converted transform
    transformed turn turned bring brings brought broken-down split arrange arranged organise organised lay laid set sets
    illustrate illustrated visualise visualised output outputs return returns returned fill filled read reads help
    pick picked select selected choose chosen extract extracted copy copied apply applied call called
    appear appears attach attached send sent serve served consist consists be been
    """
)  # fmt: skip
# What a result is called, and how it is put together.
THINGS = words(
    """
    file files result results output outputs outcome overview list lists listing table tables sheet sheets spreadsheet document picture image
    graphic grafic figure figures number numbers value values data entry entries record records line lines row rows column columns field fields
    answer answers reply response detail details information info content contents copy everything anything all both each thing things part parts
    breakdown summary statistic evaluation comparison report name names version form source original database dataset export system
    side heading title caption label labels compact corresponding respective complete full entire whole plain simple single separate
    clear readable nice neat tidy proper ordinary usual normal new total-wise individual actual existing available-data
    besides furthermore additionally moreover also too then finally afterwards first-of-all namely i.e ie e.g eg etc plus together with alongside along
    well now again here there attention note hint fyi btw sure somewhere anyway concretely specifically basically roughly-speaking
    altogether overall themselves itself thereof therein therefore thus so way manner such kind sort type-of shape manner
    he she they fallen yet still already just simply kindly please pls plz thx thanks u ur yuo wanna gonna im id ill dont doesnt whats
    """
)  # fmt: skip
NEUTRAL = (DOING | THINGS) - words("sort kind single first all both each whole")
"""Words a table request may hold over and above what is done; never a number, a negation, a comparison, an order or a name of the data."""

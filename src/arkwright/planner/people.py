"""People and occasions: whom something is for, who asks for it, and when it is due; none of it is work to do."""

from arkwright.planner.lexicon import words

PEOPLE = words(
    """
    accountant accounting accountants administration agency analyst analysts architect assistant association auditor auditors
    authorities authority bank bookkeeper bookkeeping board boss bosses branch brother bureau buyer buyers carrier cfo ceo cto
    chair chairman chairwoman chef chief class client clients club coach colleague colleagues committee community company
    consultant consultants contractor controller controlling council coworker coworkers crew customer customers dad daughter
    dealer department dept developer developers development director directors editor editors employee employees engineer
    engineers engineering everybody everyone faculty family father finance firm folks friend friends girls group guys
    headquarters helpdesk hr husband insurance insurer intern interns inspector investor investors kids landlord lawyer lawyers
    lead leader leaders legal librarian librarians logistics maintainer management manager managers marketing mayor member
    members mother mum neighbour newcomers office officer operations organisers owner owners parents partner partners people
    planner planners press procurement prof professor programmer project public publisher purchasing reader readers reception
    receptionist reviewer reviewers salespeople school secretary shareholders shop sister somebody someone son staff stakeholders
    steward student students supervisor supplier suppliers support tax teacher teachers team teammate teams technician tenant
    tenants trainee trainer treasurer university user users vendor visitors volunteer volunteers wife worker workers
    """
)
OCCASIONS = words(
    """
    agenda album anniversary annual announcement appendix application appraisal archive archives assembly assignment audit award
    backup binder birthday blog bonus booklet briefing brochure budget bulletin cabinet call campaign catalogue ceremony
    christmas conference contest course dashboard deadline debrief deck demo discussion display easter exam exhibition
    event evening events excursion fair festival filing flyer folder forum fridge fundraiser gathering handout handover
    homepage homework inspection interview intranet inventory kickoff kick-off lecture lesson letter magazine mailing meeting
    meetings meetup minutes morning negotiation negotiations newsletter newspaper night noticeboard notice offsite outing
    party pitch planning portfolio poster presentation press printout proceedings programme project publication purposes
    quarterly raffle reception record records recruitment report reporting reunion review reviews ride round rota school season seminar session show
    site sitting slides slideshow spring sprint standup stand-up statistics stocktake stocktaking study summer survey syllabus talk tender thesis tour
    tournament training trip upcoming wall warehouse webinar website wedding weekend wiki winter workshop world yearbook
    """
)
AUDIENCE = PEOPLE | OCCASIONS

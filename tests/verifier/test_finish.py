"""Rounding, shares, running figures, totals, orders of weekdays, repeats: right results are verified, tempting wrong ones never."""

from pathlib import Path

import pytest
from lab import Result, verify

LOANS = (
    b"loan,member,branch,genre,borrowed,fee\n"
    b"L1,Ann,Quay,Crime,2024-01-08,1.25\nL2,Bob,Quay,Poetry,2024-01-16,2.50\nL3,Ann,Mill,Crime,2024-02-07,3.40\n"
    b"L4,Cid,Mill,Crime,2024-02-09,0.33\nL5,Cid,Mill,History,2024-03-12,5.08\nL6,Dee,Quay,History,2024-03-20,2.00\nL7,Bob,Mill,Poetry,2024-03-25,1.10\n"
)
MAILS = (
    b"who,mail,town\nAnn,ann@x.test,Oslo\nBob,bob@x.test,Bonn\nANN,ANN@x.test,Rome\nCid,cid@x.test,Oslo\nBobby,Bob@x.test,Lyon\n"
)
# by branch: Quay 5.75, Mill 9.91, sum 15.66; shares 36.7178, 63.2822; means Quay 1.91667, Mill 2.4775
# by month: 3.75, 3.73, 8.18; weekdays: Mon 1.25+1.10, Tue 2.50+5.08, Wed 3.40+2.00, Fri 0.33

MEAN = "mean fee per branch in loans.csv, rounded to one decimal, as m.csv"
WHOLE = "Total fee per branch in loans.csv, in whole euros, save as w.csv"
SHARE = "Total fee per branch from loans.csv and what percentage of the total that is (one decimal), save as s.csv"
RUN = "Total fee per month from loans.csv with a running total, save as r.csv"
STEP = "loans.csv: total fee per month and the change against the previous month, as c.csv"
WEEK = "loans.csv -> d.csv: number of loans and total fee per weekday, Monday to Sunday"
TOTALS = "Total fee per branch from loans.csv with a total row at the bottom, as t.csv"
BEST = (
    "Which genre brings in the most money in each branch? Add up the fees from loans.csv and save branch, genre and fee as b.csv"
)
TOP = "per member the number of loans and the total fee from loans.csv as p.csv, best member on top"
ONCE = "mails.csv: every mail address may appear only once, the first entry stays, capital and small letters count as equal. Save as m.csv and tell me how many were removed"
MIX = "how many loans, what total fee and what mean fee does each branch in loans.csv have? save as x.csv"
BUSY = "What was the busiest month in loans.csv?"
DATA = {"loans.csv": LOANS, "mails.csv": MAILS}
CLEAN = b"who,mail,town\nAnn,ann@x.test,Oslo\nBob,bob@x.test,Bonn\nCid,cid@x.test,Oslo\n"
DAYS = b"weekday,n,fee\nMonday,2,2.35\nTuesday,2,7.58\nWednesday,2,5.40\nFriday,1,0.33\n"

RIGHT = [
    (MEAN, "m.csv", b"branch,mean\nQuay,1.9\nMill,2.5\n", ""),
    (WHOLE, "w.csv", b"branch,fee\nQuay,6\nMill,10\n", ""),
    (SHARE, "s.csv", b"branch,fee,share\nQuay,5.8,36.7\nMill,9.9,63.3\n", ""),
    (RUN, "r.csv", b"month,fee,so far\n2024-01,3.75,3.75\n2024-02,3.73,7.48\n2024-03,8.18,15.66\n", ""),
    (STEP, "c.csv", b"month,fee,change\n2024-01,3.75,\n2024-02,3.73,-0.02\n2024-03,8.18,4.45\n", ""),
    (WEEK, "d.csv", DAYS, ""),
    (TOTALS, "t.csv", b"branch,fee\nQuay,5.75\nMill,9.91\nTotal,15.66\n", ""),
    (BEST, "b.csv", b"branch,genre,fee\nQuay,Poetry,2.50\nMill,History,5.08\n", ""),
    (TOP, "p.csv", b"member,n,fee\nCid,2,5.41\nAnn,2,4.65\nBob,2,3.60\nDee,1,2.00\n", ""),
    (ONCE, "m.csv", CLEAN, "2 entries were removed."),
    (MIX, "x.csv", b"branch,n,total,mean\nQuay,3,5.75,1.92\nMill,4,9.91,2.48\n", ""),
    (BUSY, "", b"", "2024-03 was the busiest month (3 loans)."),
]
WRONG = [
    (MEAN, "m.csv", b"branch,mean\nQuay,1.92\nMill,2.48\n", ""),
    (MEAN, "m.csv", b"branch,mean\nQuay,1.9\nMill,2.4\n", ""),
    (MEAN, "m.csv", b"branch,mean\nQuay,2.0\nMill,2.5\n", ""),
    (WHOLE, "w.csv", b"branch,fee\nQuay,5.75\nMill,9.91\n", ""),
    (WHOLE, "w.csv", b"branch,fee\nQuay,5\nMill,9\n", ""),
    (SHARE, "s.csv", b"branch,fee,share\nQuay,5.8,42.9\nMill,9.9,57.1\n", ""),
    (SHARE, "s.csv", b"branch,fee\nQuay,5.8\nMill,9.9\n", ""),
    (SHARE, "s.csv", b"branch,fee,share\nQuay,5.8,36.71\nMill,9.9,63.28\n", ""),
    (RUN, "r.csv", b"month,fee\n2024-01,3.75\n2024-02,3.73\n2024-03,8.18\n", ""),
    (RUN, "r.csv", b"month,fee,so far\n2024-01,3.75,3.75\n2024-02,3.73,3.73\n2024-03,8.18,8.18\n", ""),
    (STEP, "c.csv", b"month,fee,change\n2024-01,3.75,\n2024-02,3.73,0.02\n2024-03,8.18,-4.45\n", ""),
    (STEP, "c.csv", b"month,fee,change\n2024-01,3.75,\n2024-02,3.73,-0.53\n2024-03,8.18,119.3\n", ""),
    (WEEK, "d.csv", b"weekday,n,fee\nFriday,1,0.33\nMonday,2,2.35\nTuesday,2,7.58\nWednesday,2,5.40\n", ""),
    (WEEK, "d.csv", b"weekday,n,fee\nMonday,2,2.35\nTuesday,2,7.58\nWednesday,2,5.40\n", ""),
    (TOTALS, "t.csv", b"branch,fee\nQuay,5.75\nMill,9.91\n", ""),
    (TOTALS, "t.csv", b"branch,fee\nQuay,5.75\nMill,9.91\nTotal,15.65\n", ""),
    (BEST, "b.csv", b"branch,genre,fee\nQuay,Crime,1.25\nMill,Crime,3.73\n", ""),
    (BEST, "b.csv", b"genre,fee\nHistory,7.08\n", ""),
    (TOP, "p.csv", b"member,n,fee\nDee,1,2.00\nCid,2,5.41\nBob,2,3.60\nAnn,2,4.65\n", ""),
    (ONCE, "m.csv", CLEAN, "3 entries were removed."),
    (ONCE, "m.csv", MAILS, "0 entries were removed."),
    (ONCE, "m.csv", b"who,mail,town\nANN,ANN@x.test,Rome\nCid,cid@x.test,Oslo\nBobby,Bob@x.test,Lyon\n", "2 entries were removed."),
    (MIX, "x.csv", b"branch,n,total,mean\nQuay,3,5.75,1.92\nMill,4,9.91,2.47\n", ""),
    (BUSY, "", b"", "2024-01 was the busiest month (2 loans)."),
    (MEAN.replace("one decimal", "half a cent"), "m.csv", b"branch,mean\nQuay,1.9\nMill,2.5\n", ""),
    (STEP.replace("per month", "per branch"), "c.csv", b"branch,fee,change\nQuay,5.75,\nMill,9.91,4.16\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "path", "made", "answer"), RIGHT, ids=[r[0][:40] for r in RIGHT])
def test_a_right_finish_is_verified(tmp_path: Path, text: str, path: str, made: bytes, answer: str) -> None:
    inputs = {k: v for k, v in DATA.items() if k in text}
    verdict = verify(tmp_path, text, inputs, Result({path: made} if path else {}, answer))
    assert verdict.status == "verified", [(c.name, c.requirement, c.detail) for c in verdict.checks if c.outcome != "passed"]


@pytest.mark.parametrize(("text", "path", "made", "answer"), WRONG, ids=[f"{r[0][:30]} {n}" for n, r in enumerate(WRONG)])
def test_a_wrong_finish_is_not_verified(tmp_path: Path, text: str, path: str, made: bytes, answer: str) -> None:
    inputs = {k: v for k, v in DATA.items() if k in text}
    assert verify(tmp_path, text, inputs, Result({path: made} if path else {}, answer)).status != "verified"

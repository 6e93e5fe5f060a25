"""How long it takes until a person reads what was written, where 400 posts come a day and six moderators take turns.

Real: every text goes through the screeners; what waits, in which order, who has taken it up, reports and what they do
at once, breaks, who is alerted and when, and every decision go through the actions of the site, on a clock of its own.
What is up at once and never reported does not meet the desk: it is screened, counted, and not stored. What waits
harmlessly is sent back for changes, which is least work for the machine: whatever is decided, the others wait as long.

Modelled, and said here, since nobody has measured it:

- Posts come evenly round the clock, at random (a Poisson process), by members a third of whom are new. HARMFUL of them
  tell of a crisis or give dangerous advice. A crisis is a text of `distress_cases/`, some of which no screener notices;
  dangerous advice none does. If such a text is up, a reader reports it after an hour or so; some only say that they are
  worried. Of what is harmless 3 in 200 are reported as well.
- Turns of two hours from 06:00 to 22:00, one moderator in each: two of the six take two turns in a row, every day
  others. From 22:00 to 06:00 there is nobody, and **no mail wakes anybody**.
- Who is on duty reads until nothing waits, then looks again after 10 to 30 minutes, or some minutes after a mail.
  By day one in three who are not on duty follows a mail, after half an hour or so. After a long shift they rest.
- How long reading takes is log-normal, as such times mostly are, with the medians below. One in fifty is left in the
  middle, without a word; of what is distressing one in twenty is passed on, one in fifty to the senior moderators.

The same arrivals, people and times of reading, first in, first out: the oldest first, and no alerts.
"""

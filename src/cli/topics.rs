//! What `explain` says about commands and numbers that are no metric of a run.

use lightfoot::metrics::Doc;
use lightfoot::trend::load_ratios;

/// One topic.
pub struct Topic {
    /// What is typed.
    pub id: &'static str,
    /// Title.
    pub title: &'static str,
    /// Its documentation, in the order of a metric's.
    pub doc: Doc,
    /// Source keys.
    pub sources: &'static [&'static str],
}

/// All topics.
pub const TOPICS: &[Topic] = &[
    Topic {
        id: "before",
        title: "The four weeks before a day",
        doc: Doc {
            measures: "What the 28 days before a day that you name held, and where each number \
                       stands among your own earlier four-week windows.",
            formula: "windows of 28 days that begin a week apart and end before the 28 days; a \
                      value stands out where (windows at least as extreme + 1) / (windows + 1) is \
                      at most 2.5 % on its side (chosen); ordinary dates: each earlier window held \
                      against those that share no day with it",
            needs: "a year of files before the 28 days for places; numbers need one run",
            unavailable: "no run lies before the day; under a year of history the four weeks before \
                          these stand in for places",
            limits: "About ten things are looked at, so something often stands out on a date on \
                     which nothing happened: the output says how often, counted over your own \
                     dates. Distance, runs and days without running move together. Windows \
                     overlap. Missing files look like rest. It lists and cannot say what a pain \
                     comes from; pain also changes how one runs, so the day itself is not counted.",
        },
        sources: &["frandsen2025", "nielsen2014", "own_archives"],
    },
    Topic {
        id: "compare",
        title: "Two runs, two periods, before and after a date",
        doc: Doc {
            measures: "How cadence, and contact time and oscillation where a sensor measured them, \
                       differ between two sides at the same speed on the level.",
            formula: "cadence: mean of your cadence at your usual pace on each side, one value a \
                      run; 95 % interval under likeness of neighbouring runs (AR(1)), Student's \
                      quantile for the number of independent runs that they are worth. Dynamics: \
                      each run's level at one shared speed, how it goes with speed taken from \
                      inside the runs of both sides, then the same. Two single runs: bins of 0.25 \
                      m/s weighted by the shared time, blocks of three minutes drawn 600 times, \
                      widened by 1.96 (Student's quantile where your own runs say it) times the \
                      square root of two times the scatter of single runs",
            needs: "eight runs of ten steady minutes with one watch on each side; two single runs \
                    need four minutes at shared speeds",
            unavailable: "the watch or a sensor changed in between, or there are too few runs",
            limits: "It shows that two sides differ, not why: shoes, heat, terrain and training \
                     differ too, and what the files know of that is listed. A date chosen after \
                     looking at the numbers finds changes that are none. Clear means: the interval \
                     leaves out zero, and the change is larger than your usual wandering and than \
                     what is worth a word; likely means the interval only.",
        },
        sources: &["burns2019", "efron1979", "own_archives"],
    },
    Topic {
        id: "corridor",
        title: "Your personal corridor of step rate",
        doc: Doc {
            measures: "Your own steps a minute at three speeds of your own on the level, and where 5 \
                       and 10 % more would lie at the same speed.",
            formula: "the law of your cadence over speed, moved to where your last four weeks lie at \
                      your usual pace, at the speeds that 20, 50 and 80 % of your steady running \
                      stay under; edges 1.05 and 1.10 times of it (chosen). No more \
                      steps are an option at 180 a minute and above, nor where yours are among the \
                      highest tenth of your own steady running",
            needs: "a law of cadence over speed with the watch worn lately",
            unavailable: "there are too few runs with cadence at a steady pace, or a speed lies \
                          outside of those that the law was made from",
            limits: "Laboratories tried 5 to 10 % more at the same speed and saw modelled load at the \
                     knee go down; that fewer knees complain is little studied. More than 10 % is \
                     never shown. Calves and Achilles tendons complained more while step rate \
                     changed, so run less meanwhile. It is an option and no target.",
        },
        sources: &["heiderscheit2011", "willy2016", "chan2018", "bonacci2018"],
    },
    Topic {
        id: "acwr",
        title: "Acute and chronic load",
        doc: Doc {
            measures: "The minutes of the last seven days against those of the last four weeks; \
                       shown only with --show-acwr.",
            formula: "weighted average E = l L + (1 - l) E before, l = 2 / (N + 1), N = 7 and 28 \
                      days, L in minutes of running a day; uncoupled ratio: last seven days over \
                      the mean of the three weeks before them; monotony: mean over standard \
                      deviation of seven daily loads; strain: weekly load times monotony",
            needs: "28 days of files for the ratios, seven for monotony",
            unavailable: "--show-acwr is not given, or the history is too short",
            limits: load_ratios::CRITIQUE,
        },
        sources: load_ratios::SOURCES,
    },
    Topic {
        id: "gaps",
        title: "Gaps in the files",
        doc: Doc {
            measures: "Stretches of more than ten days without a file, which may be a break or \
                       missing files; the recordings cannot tell.",
            formula: "days between two running days, more than 10",
            needs: "nothing; answer with no_running or missing_files under [runner] in \
                    lightfoot.toml, each a list of first and last days",
            unavailable: "there is no such gap",
            limits: "An open gap counts as a break: jumps in the 30 days after it are shown and \
                     never marked. Where you say that files are missing, nothing is compared with \
                     those days. An answered gap is not asked about again.",
        },
        sources: &["own_archives"],
    },
];

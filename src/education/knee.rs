//! The text on knees: the same for every reader.

use super::{Point, Section, point};

/// Title on the page and in the terminal.
pub const TITLE: &str = "Does a knee hurt? Start here";

/// The sections, in reading order; the red flags stand before them.
pub const SECTIONS: &[Section] = &[
    Section {
        heading: "Where it hurts, and what is discussed there",
        opening: "This list is no answer about your knee. Places overlap, and no number from a \
                  watch picks a line of it.",
        points: WHERE,
        closing: "Several conditions share these patterns; only an examination can tell.",
        sources: &["trek_patellofemoral"],
    },
    Section {
        heading: "What articles say, and how well it is founded",
        opening: "What people are often told about running and knees, where lightfoot shows it, \
                  and what studies found.",
        points: CLAIMS,
        closing: "",
        sources: &[
            "anderson2022",
            "szymanek2020",
            "luedke2016",
            "lieberman2015",
            "frandsen2025",
            "buist2008",
            "gottschall2005",
            "oconnor2002",
            "gehlsen1989",
            "vanderworp2015",
            "vanmechelen1993",
            "malisoux2024",
        ],
    },
    Section {
        heading: "What a watch cannot see, and who can",
        opening: "",
        points: UNSEEN,
        closing: "",
        sources: &["lieberman2015"],
    },
    Section {
        heading: "Adjusting the load, rather than rest alone",
        opening: "In a trial with 69 runners whose kneecap hurt, those who only learnt how to adjust their training improved as much as those who also had exercises or a new way of running. What is commonly taught:",
        points: LOAD,
        closing: "How much to take off and for how long, no study in this list settles for you.",
        sources: &["esculier2018", "trek_patellofemoral", "frandsen2025", "petersen2015"],
    },
    Section {
        heading: "Pain guidance as commonly taught",
        opening: "Physiotherapists commonly teach runners with pain around the kneecap a simple \
                  rule. It holds only without any of the signs above.",
        points: GUIDANCE,
        closing: "It is teaching, not a finding: how well it works has not been tried by itself.",
        sources: &["trek_patellofemoral", "esculier2018"],
    },
    Section {
        heading: "Strengthening, by group",
        opening: "Exercises that articles name. How often and how many a person who has seen you \
                  can say; the trials below used whole programmes.",
        points: STRENGTH,
        closing: "The trials disagree. Under supervision, 325 beginners on a hip and core \
                  programme for 24 weeks had fewer overuse injuries than those who stretched \
                  (hazard ratio 0.66, 0.45 to 0.97), while an ankle and foot programme had more \
                  acute ones. Without supervision, 720 first-time marathon runners were injured \
                  alike with and without exercises (7.1 and 7.3 %). Among 112 people whose \
                  kneecap hurt, hip, knee or free exercise came to the same after a year.",
        sources: &["leppanen2024", "toresdahl2020", "hott2020"],
    },
    Section {
        heading: "Cross-training",
        opening: "Common advice while a knee settles: keep fit with what does not hurt, such as \
                  cycling, swimming, water running, an elliptical trainer or brisk walking, and \
                  put running back in short pieces. No study in this list grades it. Hours of \
                  other sports in your files stand beside your running.",
        points: &[],
        closing: "",
        sources: &[],
    },
    Section {
        heading: "\u{201c}Running is bad for knees\u{201d}",
        opening: "Reviews of observational studies do not bear it out for recreational running. In \
                  one, arthritis of hip or knee was found in 3.5 % of recreational runners, 10.2 \
                  % of people who did not run and 13.3 % of competitive runners. Such studies \
                  cannot tell cause from habit: people whose joints hurt may stop running.",
        points: &[],
        closing: "",
        sources: &["alentorn2017"],
    },
    Section {
        heading: "Comfort measures",
        opening: "Ice, a knee strap or tape, a foam roller, insoles or orthotics and softer shoes \
                  are common advice. They stand here without a grade, because none of our sources tried them by themselves. In one small trial of 16 runners, more steps with minimalist shoes did better than orthotics.",
        points: &[],
        closing: "",
        sources: &["bonacci2018"],
    },
];

/// Places as a reader would name them. Source: `science` section 4.
const WHERE: &[Point] = &[
    point(
        "front, around or behind the kneecap; on stairs, in squats, after sitting",
        "often discussed under patellofemoral pain; changes in load, hills and step rate are what \
         people look at",
    ),
    point(
        "outside; begins some minutes in at a repeatable distance, settles with rest, worse \
         downhill",
        "this timing is typical in descriptions of pain around the iliotibial band (from clinics' \
         pages, no study of the timing was read); the meniscus and other causes hurt here too",
    ),
    point(
        "on the tendon below the kneecap; worse with jumps and speed, stiff in the morning",
        "often discussed under patellar tendinopathy",
    ),
    point(
        "on the joint line; after a twist, with clicking, catching or swelling",
        "needs an examination in person, the more so with locking or swelling",
    ),
    point(
        "spread out, stiff for less than half an hour, over 45, with swelling",
        "osteoarthritis is one possibility; see below on running and knees",
    ),
    point("inner side, below the joint or on the bone", "bone or tendon; both need an examination"),
];

/// What articles claim and how well founded it is. Source: `science` section 5.
const CLAIMS: &[Point] = &[
    point(
        "170 to 180 steps a minute",
        "cadence against your pace; mechanism good, injury insufficient: step rate did not differ \
         between injured and uninjured adults (173 and 172, n = 381), nor with pain at the front of the knee in high-school runners",
    ),
    point(
        "overstriding",
        "step rate, step length and vertical ratio side by side; a proxy only, no watch sees where \
         a foot lands",
    ),
    point(
        "too much too soon; the 10 % rule",
        "longest run against your last 30 days first (one cohort, 5,205 runners); 10 % a week: a \
         trial found no difference (20.8 and 20.3 %)",
    ),
    point(
        "hills, above all downhill",
        "descent and distance by slope; impact and braking rise downhill (good evidence); knee pain \
         from it is clinical opinion; the shin bone is loaded less downhill",
    ),
    point(
        "slanted roads",
        "the side that you state; leg movement changes on slopes of 5 to 10 degrees, no study of \
         injury",
    ),
    point("hard ground, or a change of it", "your own notes; weak (concrete, women, one review)"),
    point(
        "shoes older than 300 to 500 miles",
        "distance by shoe where you note it; a convention, no trial of a limit",
    ),
    point("twisting on a planted foot", "no watch can measure it"),
    point("no warm-up", "your first ten minutes against the rest; a trial found no difference"),
    point(
        "one side weaker than the other",
        "left and right against your own past; asymmetry was not associated with injury (n = 836)",
    ),
    point(
        "weak hips, thighs or core",
        "no watch can measure it; one supervised trial for strengthening, one unsupervised without \
         a difference",
    ),
    point("too little recovery", "days without running; weak"),
];

/// What is out of a watch's sight. Source: issue of the project and `science` section 5.
const UNSEEN: &[Point] = &[
    point("strength of hips and thighs", "a physiotherapist can test it"),
    point(
        "how hip, knee and foot move, and where the foot lands",
        "a physiotherapist or a running laboratory, or a video from the side and from behind at \
         120 pictures a second or more",
    ),
    point("whether a shoe fits you", "a good running shop, with your old pair in hand"),
    point("what hurts, and why", "a doctor or physiotherapist who examines you"),
];

/// What can be adjusted. Sources: `esculier2018`, `trek_patellofemoral`, `frandsen2025`.
const LOAD: &[Point] = &[
    point("length of single runs", "no run far beyond your longest of the last 30 days"),
    point("hills and stairs", "downhill first to go, last to come back"),
    point("how often", "shorter runs, more often"),
    point("step rate", "5 to 10 % more at the same speed is commonly taught"),
    point(
        "pace",
        "going slower does not lower the modelled knee load of a kilometre; it raises it",
    ),
];

/// The rule as taught. Source: `trek_patellofemoral`.
const GUIDANCE: &[Point] = &[
    point("during the run", "pain of at most 2 out of 10"),
    point("afterwards", "back to what it was within 60 minutes"),
    point("next morning", "no more than before"),
    point("at first", "no downhill and no stairs; shorter runs, more often; 5 to 10 % more steps"),
];

/// Exercises by group, as articles name them. No dose is stated, because no source of ours has one.
const STRENGTH: &[Point] = &[
    point(
        "hips",
        "side leg raise, clamshell, band walk, bridge, single-leg squat, single-leg deadlift",
    ),
    point("front of the thigh", "step-up, squat, lunge"),
    point(
        "hamstrings, calves, core",
        "named as groups; what we read names no single exercise for them",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::references::source;

    #[test]
    fn sources_resolve_and_no_section_is_empty() {
        for section in SECTIONS {
            assert!(!section.opening.is_empty() || !section.points.is_empty());
            for key in section.sources {
                assert!(source(key).is_some(), "{key}");
            }
        }
    }
}

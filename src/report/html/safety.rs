//! What this program is for, and when a body wants a person and no program.

use maud::{Markup, html};

use crate::report::Report;

/// What the program is for, printed on every page.
pub const INTENDED_PURPOSE: &str = "Describes running form and training exposure from your own \
    recordings for training and education. It does not diagnose, predict, prevent or treat any \
    injury or disease, and it does not watch over one: notes on pain are shown as you wrote them.";

/// Signs that want care on the same day. Source: `science` section 4 (Ottawa knee rule among them).
pub const SAME_DAY: &[&str] = &[
    "You cannot put weight on the leg, or cannot take four steps.",
    "The knee looks out of shape, or the kneecap is out of place.",
    "It swelled within hours of a twist or a pop.",
    "Severe pain after a blow or a fall, or a sudden sharp pain during a run.",
    "The knee is locked, or will not bend to a right angle or straighten.",
    "Clicking together with locking or giving way.",
    "The knee is hot, red and very swollen, or you have a fever or feel unwell.",
    "The calf is swollen or painful and you are short of breath or your chest hurts.",
    "The foot is numb, cold or pale, or the leg is newly weak.",
];

/// Signs that want an examination within days. Source: `science` section 4.
pub const WITHIN_DAYS: &[&str] = &[
    "Pain at rest or at night.",
    "Pain on one spot of a bone, in the hip or groin, or pain on hopping.",
    "The knee gives way, or swells after each run.",
    "Pain that lasts over two weeks in spite of less running, gets worse, or keeps coming back for \
     longer than a week or two.",
    "Pain of 5 or more out of 10, or pain that changes how you run.",
    "Redness without fever, several painful joints, or a rash.",
    "Weight loss without a reason, or a history of cancer.",
    "Steroid medicine, missed periods, or eating too little for your training.",
    "You are under 16, 55 or older with pain after a knock, or have had knee surgery.",
];

/// Why there is a list at all.
pub const NOT_A_RECORDING: &str =
    "A recording cannot look at a knee. These signs want a person who can.";
/// Heading of the signs of the same day.
pub const TODAY: &str = "Get care today";
/// Heading of the signs of the next days.
pub const SOON: &str = "Get it looked at within days";

/// Whether the red flags stand before everything else: somebody noted that something hurt.
pub fn stand_first(report: &Report) -> bool {
    report.history.pain.iter().any(|note| !note.says_none())
}

/// What the marks on time axes are, where there are any.
fn marks(report: &Report) -> Markup {
    html! {
        @if !report.history.pain.is_empty() {
            p.quiet {
                "Small triangles under the charts mark what you noted. The figure is the pain \
                 during the run, in brackets that of the next morning. Nothing is computed from it."
            }
        }
    }
}

/// The red flags, once a page.
pub fn red_flags(report: &Report) -> Markup {
    html! {
        section #knee aria-labelledby="knee-t" {
            h2 id="knee-t" { "Does a knee hurt? Start here" }
            p.intro { (NOT_A_RECORDING) }
            (marks(report))
            div.card {
                h3 { (TODAY) }
                ul.flags { @for sign in SAME_DAY { li { (sign) } } }
                h3 { (SOON) }
                ul.flags { @for sign in WITHIN_DAYS { li { (sign) } } }
                p.quiet { "Several conditions share these patterns; only an examination can tell." }
            }
        }
    }
}

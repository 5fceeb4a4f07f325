//! When a body wants a person and no program. Printed once wherever pain is spoken of.

/// Before the signs.
pub const OPENING: &str = "A recording cannot look at a knee. These signs want a person who can.";

/// Heading of [`SAME_DAY`].
pub const SAME_DAY_HEADING: &str = "Get care today";

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

/// Heading of [`WITHIN_DAYS`].
pub const WITHIN_DAYS_HEADING: &str = "Get it looked at within days";

/// Signs that want an examination within days. Source: `science` section 4.
pub const WITHIN_DAYS: &[&str] = &[
    "Pain at rest or at night.",
    "Pain on one spot of a bone, in the hip or groin, or pain on hopping.",
    "The knee gives way, or swells after each run.",
    "Pain that lasts over two weeks in spite of less running, or gets worse.",
    "Pain that keeps coming back for longer than a week or two.",
    "Pain of 5 or more out of 10, or pain that changes how you run.",
    "Redness without fever, several painful joints, or a rash.",
    "Weight loss without a reason, or a history of cancer.",
    "Steroid medicine, missed periods, or eating too little for your training.",
    "You are under 16, 55 or older with pain after a knock, or have had knee surgery.",
];

//! Values that no body, watch or place can produce become absent.

use crate::activity::{Issue, IssueKind, Severity};
use crate::read::Field;

use super::{Context, Draft, NotPrepared};

/// What a column of a meaning can hold.
#[derive(Clone, Copy, Debug)]
struct Possible {
    field: Field,
    low: f64,
    high: f64,
    what: &'static str,
}

/// Closed ranges. Lower bounds let zero pass where zero is a question of policy, not of range.
const POSSIBLE: &[Possible] = &[
    // The Dead Sea shore lies at -430 m, Everest at 8,849 m; -500 m is a FIT altitude of raw zero.
    Possible { field: Field::Altitude, low: -450.0, high: 9_000.0, what: "altitude" },
    // **chosen**: above any finite recording of one month.
    Possible { field: Field::Distance, low: 0.0, high: 5.0e6, what: "distance" },
    // **chosen**: wide enough to see that a car or a bicycle was meant.
    Possible { field: Field::Speed, low: 0.0, high: 60.0, what: "speed" },
    // FIT holds up to 254 a minute of one leg; exporters wrote 810 and 97984 (`intake` 3 B 14).
    Possible { field: Field::Cadence, low: 0.0, high: 300.0, what: "cadence" },
    Possible { field: Field::HeartRate, low: 0.0, high: 250.0, what: "heart rate" },
    Possible { field: Field::Power, low: 0.0, high: 3_000.0, what: "power" },
    // `science` 2.7 and 2.8 give 140..450 ms and 30..150 mm for running; walking lies above.
    Possible { field: Field::GroundContactTime, low: 0.0, high: 2_000.0, what: "contact time" },
    Possible { field: Field::VerticalOscillation, low: 0.0, high: 500.0, what: "oscillation" },
    Possible { field: Field::StancePercent, low: 0.0, high: 100.0, what: "stance share" },
    Possible { field: Field::ContactBalance, low: 0.0, high: 100.0, what: "contact balance" },
    Possible { field: Field::VerticalRatio, low: 0.0, high: 60.0, what: "vertical ratio" },
    // **chosen**: longer than a sprinter's longest step.
    Possible { field: Field::StepLength, low: 0.0, high: 4_000.0, what: "step length" },
];

/// Stryd's elevation underflows to 65,440 m; the range of [`Field::Altitude`] holds for it too.
pub(super) const ELEVATION: &str = "elevation";

/// Blanks values outside the possible.
pub(super) fn apply(draft: &mut Draft, _context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let mut issues = Vec::new();
    for column in &mut draft.columns {
        let field = if column.field == Field::Developer
            && column.name.trim().eq_ignore_ascii_case(ELEVATION)
        {
            Field::Altitude
        } else {
            column.field
        };
        let Some(possible) = POSSIBLE.iter().find(|p| p.field == field) else {
            continue;
        };
        let blanked = column.values.blank(|v| (v < possible.low) | (v > possible.high));
        if blanked > 0 {
            let text = format!(
                "{blanked} values of {} (`{}`) lie outside {}..{} and were left out",
                possible.what, column.name, possible.low, possible.high
            );
            issues.push(Issue::new(IssueKind::Range, Severity::Repaired, text).count(blanked));
        }
    }
    Ok(issues)
}

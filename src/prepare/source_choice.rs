//! One sensor per quantity: the native field unless it is absent or zero throughout while moving,
//! then a developer field that its name, unit and range make believable. Two sensors are never
//! mixed within a run.

use crate::activity::{Channel, Issue, IssueKind, Origin, Severity, SummaryKey, VendorChannel};
use crate::read::{CadenceConvention, ColumnSource, Field};
use crate::units::Quantity;

use super::draft::RawCadence;
use super::{Context, Draft, NotPrepared, vendor_fields};

/// Speed from which a runner or walker must have a cadence.
const MOVING_M_S: f64 = 1.7;
/// Share of non-zero values while moving below which a sensor is silent. **chosen**.
const SILENT_SHARE: f64 = 0.01;
/// Millimetres in a metre.
const MM_PER_M: f64 = 1000.0;

/// A column with what turns it into the canonical unit.
#[derive(Clone, Debug)]
struct Candidate {
    index: usize,
    scale: f64,
    convention: CadenceConvention,
    origin: Origin,
}

/// Chooses cadence, heart rate, power and the running dynamics; passes the rest through.
pub(super) fn apply(draft: &mut Draft, context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let mut issues = Vec::new();
    let cadence = choose(draft, Field::Cadence, "cadence", &mut issues);
    draft.cadence = cadence.and_then(|c| raw_cadence(draft, c));
    if draft.cadence.is_none() {
        let remedy = "export the original FIT from the watch's own service: GPX and many \
                      third-party exports leave cadence out";
        let text = if context.recording.summary.get(SummaryKey::StepRateSpm).is_some() {
            "the summary states an average cadence, but no record carries one"
        } else {
            "the file carries no cadence"
        };
        issues.push(Issue::new(IssueKind::SourceChoice, Severity::Doubt, text).remedy(remedy));
    }
    draft.channels.heart_rate = channel(draft, Field::HeartRate, "heart rate", &mut issues);
    draft.channels.power = channel(draft, Field::Power, "power", &mut issues);
    draft.channels.ground_contact_time =
        channel(draft, Field::GroundContactTime, "ground contact time", &mut issues);
    draft.channels.stance_percent =
        channel(draft, Field::StancePercent, "stance share", &mut issues);
    draft.channels.contact_balance_left =
        channel(draft, Field::ContactBalance, "contact balance", &mut issues);
    draft.channels.vertical_oscillation =
        channel(draft, Field::VerticalOscillation, "vertical oscillation", &mut issues);
    draft.channels.vertical_ratio =
        channel(draft, Field::VerticalRatio, "vertical ratio", &mut issues);
    draft.channels.step_length =
        channel::<crate::units::Millimeters>(draft, Field::StepLength, "step length", &mut issues)
            .map(|mm| {
                let origin = mm.origin().clone();
                mm.map(origin, |_, v| Some(crate::units::Meters(v.0 / MM_PER_M)))
            });
    draft.channels.vendor = vendor(draft);
    Ok(issues)
}

/// Columns that could speak for a quantity, in order of trust.
fn candidates(draft: &Draft, field: Field) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for index in draft.candidates(field) {
        let Some(column) = draft.columns.get(index) else { continue };
        let origin = Origin::Recorded { field: column.name.clone(), source: "watch".to_owned() };
        found.push(Candidate { index, scale: 1.0, convention: column.convention, origin });
    }
    for index in draft.candidates(Field::Developer) {
        let Some(column) = draft.columns.get(index) else { continue };
        let Some(known) = vendor_fields::meaning_of(column) else { continue };
        if known.field == field && vendor_fields::believed(column, known) {
            let source = vendor_fields::speaker(column, &draft.columns);
            let origin = Origin::Recorded { field: column.name.clone(), source };
            found.push(Candidate {
                index,
                scale: known.scale,
                convention: known.convention,
                origin,
            });
        }
    }
    found
}

/// Whether a column says nothing but zero while the runner moves.
fn silent(draft: &Draft, index: usize) -> bool {
    let Some(column) = draft.columns.get(index) else { return true };
    let speeds_known = draft.channels.speed.is_some();
    let (mut moving, mut alive) = (0_usize, 0_usize);
    for (i, value) in column.values.iter().enumerate() {
        let counts = !speeds_known || draft.speed_m_s(i).is_some_and(|v| v >= MOVING_M_S);
        if let (Some(value), true) = (value, counts) {
            moving += 1;
            alive += usize::from(value > 0.0);
        }
    }
    let none_at_all = column.values.iter().flatten().all(|v| v == 0.0);
    none_at_all || (moving > 0 && (alive as f64) < SILENT_SHARE * moving as f64)
}

/// The first candidate that is not silent; the losers are named.
fn choose(
    draft: &mut Draft,
    field: Field,
    what: &str,
    issues: &mut Vec<Issue>,
) -> Option<Candidate> {
    let all = candidates(draft, field);
    let (dead, alive): (Vec<Candidate>, Vec<Candidate>) = all.into_iter().partition(|c| {
        let field = draft.columns.get(c.index).map(|column| column.field);
        matches!(field, Some(Field::Cadence | Field::Power | Field::Developer))
            && silent(draft, c.index)
    });
    let name = |c: &Candidate| match &c.origin {
        Origin::Recorded { field, source } => format!("`{field}` of the {source}"),
        _ => "another column".to_owned(),
    };
    let mut alive = alive.into_iter();
    let chosen = alive.next()?;
    draft.chosen.insert(chosen.index);
    let losers: Vec<String> = alive.map(|c| name(&c)).collect();
    if !dead.is_empty() {
        let silent: Vec<String> = dead.iter().map(&name).collect();
        let text =
            format!("{what}: {} says only zero; {} is used", silent.join(", "), name(&chosen));
        issues.push(Issue::new(IssueKind::SourceChoice, Severity::Note, text));
    }
    if !losers.is_empty() {
        let text = format!("{what}: {} is used; {} also spoke", name(&chosen), losers.join(", "));
        issues.push(Issue::new(IssueKind::SourceChoice, Severity::Note, text).count(losers.len()));
    }
    Some(chosen)
}

fn raw_cadence(draft: &Draft, candidate: Candidate) -> Option<RawCadence> {
    let column = draft.columns.get(candidate.index)?;
    Some(RawCadence {
        values: column.values.iter().map(|v| v.map_or(f64::NAN, |v| v * candidate.scale)).collect(),
        convention: candidate.convention,
        whole_numbers: column.whole_numbers,
        origin: candidate.origin,
    })
}

fn channel<Q: Quantity>(
    draft: &mut Draft,
    field: Field,
    what: &str,
    issues: &mut Vec<Issue>,
) -> Option<Channel<Q>> {
    let candidate = choose(draft, field, what, issues)?;
    let column = draft.columns.get(candidate.index)?;
    let scale = candidate.scale;
    if scale == 1.0 {
        return Some(Channel::from_shared(column.values.shared(), candidate.origin));
    }
    Some(Channel::new(column.values.iter().map(|v| v.map(|v| v * scale)), candidate.origin))
}

/// Developer columns that became no channel, under their own names.
fn vendor(draft: &Draft) -> Vec<VendorChannel> {
    let others = draft.columns.iter().enumerate().filter(|(i, column)| {
        matches!(column.source, ColumnSource::Developer { .. })
            && !draft.chosen.contains(i)
            && column.values.present() > 0
    });
    others
        .map(|(_, column)| VendorChannel {
            name: column.name.clone(),
            unit: column.unit.clone(),
            values: Channel::new(
                column.values.iter(),
                Origin::Recorded {
                    field: column.name.clone(),
                    source: vendor_fields::speaker(column, &draft.columns),
                },
            ),
        })
        .collect()
}

//! The FIT file that a watch writes: file_id, sensors, events, records, laps, session, activity.

use super::device::{Device, DynamicsSource, Record, Recorded};
use super::fit_encoder::{FitEncoder, Value};
pub use super::fit_encoder::{Header, Order};
use super::fit_summaries::summaries;
use super::runner::Runner;

/// 1989-12-31 00:00 UTC in Unix seconds: where FIT time begins.
pub const FIT_EPOCH_S: i64 = 631_065_600;

/// Sport as the profile numbers it: (sport, sub-sport).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SportNumber(pub u8, pub u8);

impl SportNumber {
    /// Running.
    pub const RUN: Self = Self(1, 0);
    /// Running on a treadmill.
    pub const TREADMILL: Self = Self(1, 1);
    /// Trail running.
    pub const TRAIL: Self = Self(1, 3);
    /// Running on a track.
    pub const TRACK: Self = Self(1, 4);
    /// Road cycling.
    pub const RIDE: Self = Self(2, 7);
    /// Changing between two sports.
    pub const TRANSITION: Self = Self(3, 0);
    /// Walking.
    pub const WALK: Self = Self(11, 0);
}

/// How record times are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Times {
    /// A time field in each record.
    #[default]
    Full,
    /// Five bits in the header wherever they suffice.
    Compressed,
}

/// Where the sessions stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SummaryPlace {
    /// After the records: most files.
    #[default]
    Last,
    /// Before the records.
    First,
}

/// A foot pod's developer fields beside the native ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pod {
    /// None.
    #[default]
    Absent,
    /// Described before the first value, cadence in one leg's revolutions.
    Described,
    /// The description follows the first record, cadence in steps of both feet.
    DescribedLate,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct FitOptions {
    /// Byte order.
    pub order: Order,
    /// File header.
    pub header: Header,
    /// Record times.
    pub times: Times,
    /// Sessions before or after the records.
    pub summary: SummaryPlace,
    /// Developer fields.
    pub pod: Pod,
}

/// One sport of a file.
#[derive(Clone, Copy, Debug)]
pub struct Leg<'a> {
    /// What the device has of it.
    pub recorded: &'a Recorded,
    /// What it is.
    pub sport: SportNumber,
}

/// One session, the usual file.
pub fn write(
    recorded: &Recorded,
    sport: SportNumber,
    (runner, utc_offset_s): (&Runner, i32),
    options: FitOptions,
) -> Vec<u8> {
    write_legs(&[Leg { recorded, sport }], (runner, utc_offset_s), options)
}

/// Several sessions in one file (multisport), in order of time.
pub fn write_legs(
    legs: &[Leg<'_>],
    (runner, utc_offset_s): (&Runner, i32),
    options: FitOptions,
) -> Vec<u8> {
    let mut fit = FitEncoder::new(options.order, options.header);
    let device = &legs[0].recorded.device;
    let start_s = legs[0].recorded.session.start_s;
    preamble(&mut fit, device, runner, start_s);
    if options.pod == Pod::Described {
        describe_pod(&mut fit, options.pod);
    }
    if options.summary == SummaryPlace::First {
        summaries(&mut fit, legs, utc_offset_s);
    }
    for leg in legs {
        name_sport(&mut fit, leg.sport);
        records(&mut fit, leg.recorded, options);
    }
    if options.summary == SummaryPlace::Last {
        summaries(&mut fit, legs, utc_offset_s);
    }
    fit.finish()
}

pub(super) fn fit_time(unix_s: i64) -> u32 {
    (unix_s - FIT_EPOCH_S) as u32
}

pub(super) fn time(unix_s: i64) -> (u8, Value) {
    (253, Value::U32(Some(fit_time(unix_s))))
}

pub(super) fn scaled16(value: Option<f64>, scale: f64, offset: f64) -> Value {
    Value::U16(value.map(|v| ((v + offset) * scale).round() as u16))
}

pub(super) fn scaled32(value: Option<f64>, scale: f64) -> Value {
    Value::U32(value.map(|v| (v * scale).round() as u32))
}

/// Whole strides and the fraction in 1/128, as two fields.
pub(super) fn split_strides(strides: Option<f64>) -> (Value, Value) {
    let whole = strides.map(|s| s.floor() as u8);
    let fraction = strides.map(|s| ((s - s.floor()) * 128.0).round().min(127.0) as u8);
    (Value::U8(whole), Value::U8(fraction))
}

fn preamble(fit: &mut FitEncoder, device: &Device, runner: &Runner, start_s: i64) {
    let maker = Value::U16(Some(device.maker.number()));
    let product = Value::U16(Some(device.product));
    let created = Value::U32(Some(fit_time(start_s)));
    let serial = Value::U32z(device.serial);
    fit.message(
        0,
        0,
        &[
            (0, Value::Enum(4)), // an activity
            (1, maker.clone()),
            (2, product.clone()),
            (3, serial.clone()),
            (4, created),
            (8, Value::Text(device.name, 24)),
        ],
    );
    fit.message(
        1,
        23,
        &[
            time(start_s),
            (0, Value::U8(Some(0))),
            (2, maker),
            (3, serial),
            (4, product),
            (5, Value::U16(Some(device.firmware))),
            (25, Value::Enum(5)), // local
        ],
    );
    if let DynamicsSource::Sensor { .. } = device.dynamics {
        // A heart-rate strap that measures running dynamics, over ANT+.
        fit.message(
            1,
            23,
            &[
                time(start_s),
                (0, Value::U8(Some(1))),
                (1, Value::U8(Some(120))), // heart rate
                (2, Value::U16(Some(1))),
                (3, Value::U32z(device.serial ^ 0x00aa_55aa)),
                (4, Value::U16(Some(1752))), // a strap with running dynamics
                (5, Value::U16(Some(630))),
                (25, Value::Enum(1)), // ANT+
            ],
        );
    }
    fit.message(
        2,
        3,
        &[
            (0, Value::Text(runner.name, 16)),
            (2, Value::U8(Some(runner.age))),
            (3, Value::U8(Some((runner.height_m * 100.0).round() as u8))),
            (4, Value::U16(Some((runner.mass_kg * 10.0).round() as u16))),
        ],
    );
}

/// Number of the timer in the profile's list of events, and of what can happen to it.
const TIMER: u8 = 0;
const START: u8 = 0;
const STOP_ALL: u8 = 4;

/// The sport as the watch states it before the first record, so that a cut file still has it.
fn name_sport(fit: &mut FitEncoder, sport: SportNumber) {
    let name = match sport.0 {
        1 => "Run",
        2 => "Bike",
        3 => "Transition",
        _ => "Other",
    };
    fit.message(
        9,
        12,
        &[(0, Value::Enum(sport.0)), (1, Value::Enum(sport.1)), (3, Value::Text(name, 12))],
    );
}

fn event(fit: &mut FitEncoder, unix_s: i64, kind: u8) {
    fit.message(
        3,
        21,
        &[time(unix_s), (0, Value::Enum(TIMER)), (1, Value::Enum(kind)), (4, Value::U8(Some(0)))],
    );
}

fn records(fit: &mut FitEncoder, recorded: &Recorded, options: FitOptions) {
    event(fit, recorded.session.start_s, START);
    let mut stops = recorded.stops.iter().peekable();
    let mut last_full = None;
    for (i, record) in recorded.records.iter().enumerate() {
        while let Some((stop_s, go_s)) = stops.next_if(|stop| stop.0 <= record.unix_s) {
            event(fit, *stop_s, STOP_ALL);
            event(fit, *go_s, START);
            last_full = None;
        }
        let fields = record_fields(record, &recorded.device);
        let now = fit_time(record.unix_s);
        let short = options.times == Times::Compressed
            && last_full.is_some_and(|last: u32| (last..last + 32).contains(&now));
        if short {
            fit.compressed(2, 20, now, &fields);
        } else {
            let mut full = vec![time(record.unix_s)];
            full.extend(fields);
            match options.pod {
                Pod::Absent => fit.message(4, 20, &full),
                pod => fit.message_with_developer(4, 20, &full, &pod_values(record, pod)),
            }
        }
        last_full = Some(now);
        if i == 0 && options.pod == Pod::DescribedLate {
            describe_pod(fit, options.pod);
        }
    }
    event(fit, recorded.session.end_s, STOP_ALL);
}

fn record_fields(record: &Record, device: &Device) -> Vec<(u8, Value)> {
    let semicircles = |degrees: f64| (degrees / 180.0 * 2_147_483_648.0).round() as i32;
    let (whole, fraction) = split_strides(record.strides);
    let mut fields = vec![
        (0, Value::S32(record.position.map(|p| semicircles(p.0)))),
        (1, Value::S32(record.position.map(|p| semicircles(p.1)))),
        (5, scaled32(Some(record.distance_m), 100.0)),
        (73, scaled32(Some(record.speed_m_s), 1000.0)),
        (78, Value::U32(record.altitude_m.map(|a| ((a + 500.0) * 5.0).round() as u32))),
        (3, Value::U8(record.heart_bpm)),
        (4, whole),
        (13, Value::S8(Some(14))),
    ];
    if device.cadence != super::device::CadenceStorage::WholeStrides {
        fields.push((53, fraction));
    }
    if device.dynamics != DynamicsSource::None {
        fields.extend([
            (39, scaled16(record.bounce_mm, 10.0, 0.0)),
            (41, scaled16(record.contact_ms, 10.0, 0.0)),
            (83, scaled16(record.ratio_percent, 100.0, 0.0)),
            (85, scaled16(record.step_mm, 10.0, 0.0)),
        ]);
    }
    if let DynamicsSource::Sensor { .. } = device.dynamics {
        fields.push((84, scaled16(record.balance_left, 100.0, 0.0)));
    }
    fields
}

fn pod_values(record: &Record, pod: Pod) -> Vec<(u8, u8, Value)> {
    // A pod counts on its own: what the watch says, and in this unit.
    let per_count = if pod == Pod::DescribedLate { 2.0 } else { 1.0 };
    let cadence = record.strides.map(|s| (s * per_count).round() as u8);
    let watts = (record.speed_m_s * 78.0).round() as u16;
    vec![
        (0, 0, Value::U16(Some(watts))),
        (1, 0, Value::U8(cadence)),
        (2, 0, Value::U16(record.contact_ms.map(|ms| ms.round() as u16))),
        (3, 0, Value::F32(record.bounce_mm.map(|mm| (mm / 10.0) as f32))),
        (4, 0, Value::U16(Some(watts / 5))),
        (5, 0, Value::F32(Some(9.4))),
    ]
}

fn describe_pod(fit: &mut FitEncoder, pod: Pod) {
    let id: Vec<u8> = (1..=16).map(|i| i * 11).collect();
    fit.message(
        5,
        207,
        &[
            (1, Value::Bytes(id)),
            (2, Value::U16(Some(95))), // Stryd
            (3, Value::U8(Some(0))),
        ],
    );
    let cadence_unit = if pod == Pod::DescribedLate { "SPM" } else { "RPM" };
    let fields: [(u8, u8, &'static str, &'static str); 6] = [
        (0, 0x84, "Power", "Watts"),
        (1, 0x02, "Cadence", cadence_unit),
        (2, 0x84, "Ground Time", "Milliseconds"),
        (3, 0x88, "Vertical Oscillation", "Centimeters"),
        (4, 0x84, "Form Power", "Watts"),
        (5, 0x88, "Leg Spring Stiffness", "KN/m"),
    ];
    for (number, base, name, unit) in fields {
        fit.message(
            5,
            206,
            &[
                (0, Value::U8(Some(0))),
                (1, Value::U8(Some(number))),
                (2, Value::U8(Some(base))),
                (3, Value::Text(name, 24)),
                (8, Value::Text(unit, 16)),
            ],
        );
    }
}

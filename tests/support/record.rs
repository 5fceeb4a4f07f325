//! A watch records a run: senses, rounding, quirks, and what smart recording keeps.

use super::device::{
    Altimeter, CadenceStorage, Device, DynamicsSource, Positions, Quirk, Record, Recorded, Sampling,
};
use super::prng::{Ar1, Prng};
use super::summary::{laps, sum_up};
use super::truth::{Moment, Truth};

/// Records a run; `seed` is the device's own luck.
pub fn record(truth: &Truth, device: &Device, seed: u64) -> Recorded {
    let mut senses = Senses::new(device, seed);
    let mut every: Vec<(Record, &Moment)> = Vec::with_capacity(truth.moments.len());
    let mut recent = Recent::default();
    let mut seen_m = 0.0;
    let start_s = truth.moments.first().map_or(0, |m| m.unix_s);
    for moment in &truth.moments {
        recent.push(moment);
        let record = senses.sense(moment, &recent, (truth, device), (start_s, seen_m));
        seen_m += moment.speed_m_s * device.distance_scale;
        if moment.timer {
            every.push((record, moment));
        }
    }
    let stops = timer_stops(&truth.moments);
    let end_s = truth.moments.last().map_or(start_s, |m| m.unix_s + 1);
    let session = sum_up(&every, start_s, end_s, device);
    let laps = laps(&every, device, end_s);
    let mut records = thin(&every, device, seed);
    for quirk in &device.quirks {
        if let Quirk::ClockGlitch { at_s, by_s } = *quirk {
            let hit = records.iter_mut().find(|r| r.unix_s >= start_s + at_s);
            if let Some(record) = hit {
                record.unix_s += by_s;
            }
        }
    }
    Recorded { device: device.clone(), records, stops, laps, session }
}

/// The last seconds, which watches average over.
#[derive(Default)]
struct Recent {
    spm: [f64; 3],
    filled: usize,
}

impl Recent {
    fn push(&mut self, moment: &Moment) {
        self.spm.rotate_right(1);
        self.spm[0] = moment.spm;
        self.filled = if moment.spm == 0.0 { 0 } else { (self.filled + 1).min(3) };
    }

    fn spm(&self) -> f64 {
        if self.filled == 0 {
            return 0.0;
        }
        self.spm[..self.filled].iter().sum::<f64>() / self.filled as f64
    }
}

struct Senses {
    prng: Prng,
    east: Ar1,
    north: Ar1,
    altitude: Ar1,
    drift: Ar1,
    heading: Option<(f64, f64)>,
}

impl Senses {
    fn new(device: &Device, seed: u64) -> Self {
        let mut prng = Prng::stream(seed, "device");
        let (sd, memory) = match device.positions {
            Positions::Receiver { sd_m, memory_s, .. } => (sd_m, memory_s),
            _ => (0.0, 1.0),
        };
        // Barometer: 0.7 m over 20 min of weather and 0.12 m of noise. Satellites: 4 m over 60 s.
        let (noise, drift) = match device.altimeter {
            Altimeter::Barometer { .. } => ((0.12, 3.0), (0.7, 1200.0)),
            Altimeter::Satellite { .. } => ((4.0, 60.0), (0.0, 1.0)),
            Altimeter::None => ((0.0, 1.0), (0.0, 1.0)),
        };
        Self {
            east: Ar1::with_time(sd, memory, &mut prng),
            north: Ar1::with_time(sd, memory, &mut prng),
            altitude: Ar1::with_time(noise.0, noise.1, &mut prng),
            drift: Ar1::with_time(drift.0, drift.1, &mut prng),
            heading: None,
            prng,
        }
    }

    fn sense(
        &mut self,
        moment: &Moment,
        recent: &Recent,
        (truth, device): (&Truth, &Device),
        (start_s, seen_m): (i64, f64),
    ) -> Record {
        let at_s = moment.unix_s - start_s;
        let (noise, weather) =
            (self.altitude.next(&mut self.prng), self.drift.next(&mut self.prng));
        let altitude_m = match device.altimeter {
            Altimeter::Barometer { step_m } | Altimeter::Satellite { step_m } => {
                Some(to_step(moment.elevation_m + noise + weather, step_m))
            }
            Altimeter::None => None,
        };
        let noise = if moment.speed_m_s > 0.0 { 0.05 * self.prng.gauss() } else { 0.0 };
        let speed_m_s = to_step((moment.speed_m_s * device.distance_scale + noise).max(0.0), 0.001);
        let strides = store(recent.spm() / 2.0, device.cadence);
        let mut record = Record {
            unix_s: moment.unix_s,
            position: self.locate(moment, truth, device),
            altitude_m,
            distance_m: to_step(seen_m, 0.01),
            speed_m_s,
            strides,
            heart_bpm: Some(moment.heart_bpm.round().clamp(30.0, 230.0) as u8),
            ..Record::default()
        };
        self.feel(&mut record, moment, recent.spm(), device);
        spoil(&mut record, recent.spm(), at_s, &device.quirks);
        record
    }

    fn locate(&mut self, moment: &Moment, truth: &Truth, device: &Device) -> Option<(f64, f64)> {
        let (east, north) = (self.east.next(&mut self.prng), self.north.next(&mut self.prng));
        let left_bias_m = match device.positions {
            Positions::None => return None,
            Positions::Drawn => 0.0,
            Positions::Receiver { left_bias_m, .. } => left_bias_m,
        };
        // The bias turns with the body, but a receiver's filter takes some seconds to follow.
        const FOLLOW_S: f64 = 6.0;
        let (sin, cos) = moment.heading.sin_cos();
        let (x, y) = self.heading.unwrap_or((cos, sin));
        let turned = (x + (cos - x) / FOLLOW_S, y + (sin - y) / FOLLOW_S);
        self.heading = Some(turned);
        let (east, north) = (east - left_bias_m * turned.1, north + left_bias_m * turned.0);
        let (latitude, longitude) = truth.degrees(moment.east_m + east, moment.north_m + north);
        Some((latitude, longitude))
    }

    fn feel(&mut self, record: &mut Record, moment: &Moment, spm: f64, device: &Device) {
        let (contact, bounce) = match device.dynamics {
            DynamicsSource::None => return,
            DynamicsSource::Sensor { contact_ms, bounce_mm } => {
                let Some((contact, bounce)) = moment.contact_ms.zip(moment.bounce_mm) else {
                    return;
                };
                record.balance_left =
                    moment.balance_left.map(|b| to_step(b + 0.25 * self.prng.gauss(), 0.01));
                let (a, b) = (self.prng.gauss(), self.prng.gauss());
                (contact + contact_ms + 4.0 * a, bounce + bounce_mm + 2.0 * b)
            }
            DynamicsSource::Formula { contact_ms, bounce_mm } => {
                if moment.contact_ms.is_none() || spm < 100.0 {
                    return;
                }
                let (dv, df) = (record.speed_m_s - 2.8, spm - 165.0);
                let contact = 262.0 - 40.0 * dv + 6.0 * dv * dv - 0.9 * df;
                let bounce = 86.0 + 6.0 * dv - 2.0 * dv * dv - 0.7 * df;
                (contact + contact_ms, bounce + bounce_mm)
            }
        };
        record.contact_ms = Some(to_step(contact.max(120.0), 1.0));
        record.bounce_mm = Some(to_step(bounce.max(30.0), 1.0));
        let step_mm = 60_000.0 * record.speed_m_s / spm;
        if spm > 0.0 && step_mm > 0.0 {
            record.step_mm = Some(to_step(step_mm, 1.0));
            record.ratio_percent = Some(to_step(100.0 * bounce / step_mm, 0.01));
        }
    }
}

fn store(strides: f64, storage: CadenceStorage) -> Option<f64> {
    match storage {
        CadenceStorage::HalfStrides => Some(to_step(strides, 0.5)),
        CadenceStorage::WholeStrides => Some(strides.floor()),
        CadenceStorage::Fine => Some(to_step(strides, 1.0 / 128.0)),
        CadenceStorage::None => None,
    }
}

/// The nearest multiple of a step.
pub fn to_step(value: f64, step: f64) -> f64 {
    let count = (value / step).round();
    // Division by a whole number keeps decimal steps such as 0.2 clean.
    let per_unit = (1.0 / step).round();
    if (per_unit * step - 1.0).abs() < 1e-9 { count / per_unit } else { count * step }
}

fn spoil(record: &mut Record, spm: f64, at_s: i64, quirks: &[Quirk]) {
    let within = |from_s: i64, seconds: i64| (from_s..from_s + seconds).contains(&at_s);
    for quirk in quirks {
        match *quirk {
            Quirk::CadenceMissing { from_s, seconds } if within(from_s, seconds) => {
                record.strides = None;
            }
            Quirk::CadenceZero { from_s, seconds } if within(from_s, seconds) => {
                record.strides = record.strides.map(|_| 0.0);
            }
            Quirk::CadenceStuck { from_s, seconds } if within(from_s, seconds) => {
                record.strides = record.strides.map(|_| 84.0);
                record.speed_m_s = 2.8;
            }
            Quirk::HalfCadence { from_s, seconds } if within(from_s, seconds) => {
                record.strides = record.strides.map(|s| (s / 2.0).round());
            }
            Quirk::HeartLock { from_s, seconds } if within(from_s, seconds) => {
                record.heart_bpm = Some(spm.round() as u8);
            }
            Quirk::DynamicsZero { from_s, seconds } if within(from_s, seconds) => {
                record.contact_ms = record.contact_ms.map(|_| 0.0);
                record.bounce_mm = record.bounce_mm.map(|_| 0.0);
                record.ratio_percent = record.ratio_percent.map(|_| 0.0);
                record.step_mm = record.step_mm.map(|_| 0.0);
            }
            _ => {}
        }
    }
}

fn timer_stops(moments: &[Moment]) -> Vec<(i64, i64)> {
    let mut stops: Vec<(i64, i64)> = Vec::new();
    let mut stopped = false;
    for moment in moments {
        match (moment.timer, stops.last_mut()) {
            (false, Some(last)) if stopped => last.1 = moment.unix_s + 1,
            (false, _) => stops.push((moment.unix_s, moment.unix_s + 1)),
            _ => {}
        }
        stopped = !moment.timer;
    }
    stops
}

/// What smart recording keeps: the first and the last record and those around a stop always.
fn thin(every: &[(Record, &Moment)], device: &Device, seed: u64) -> Vec<Record> {
    if device.sampling == Sampling::EverySecond {
        return every.iter().map(|(r, _)| *r).collect();
    }
    let mut prng = Prng::stream(seed, "smart recording");
    let mut next_s = i64::MIN;
    let mut kept = Vec::with_capacity(every.len() / 4);
    for (i, (record, _)) in every.iter().enumerate() {
        let jump = |j: Option<&(Record, &Moment)>| {
            j.is_none_or(|(r, _)| (r.unix_s - record.unix_s).abs() > 1)
        };
        let at_edge = jump(every.get(i + 1)) || i.checked_sub(1).is_none_or(|j| jump(every.get(j)));
        if record.unix_s >= next_s || at_edge {
            kept.push(*record);
            next_s = record.unix_s + prng.between(2, 7);
        }
    }
    kept
}

//! A watch: what it samples, how it rounds, what it gets wrong.

/// Vendors by their number in the FIT profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    /// Garmin.
    Garmin,
    /// COROS.
    Coros,
    /// Suunto.
    Suunto,
}

impl Maker {
    /// Number in the FIT profile.
    pub fn number(self) -> u16 {
        match self {
            Self::Garmin => 1,
            Self::Coros => 294,
            Self::Suunto => 23,
        }
    }
}

/// When a record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampling {
    /// Every second.
    EverySecond,
    /// Every 2 to 7 s, as "smart recording" does.
    Smart,
}

/// How cadence is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CadenceStorage {
    /// Half strides (Garmin: a fraction of 0 or 0.5).
    HalfStrides,
    /// Whole strides, truncated (COROS, Suunto).
    WholeStrides,
    /// 1/128 of a stride.
    Fine,
    /// Not at all.
    None,
}

/// Where altitude comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Altimeter {
    /// A barometer: slow drift, small noise, stored in steps of so many metres.
    Barometer {
        /// 0.2 for Garmin, 1 for COROS.
        step_m: f64,
    },
    /// Satellites: 4 m with a memory of 60 s.
    Satellite {
        /// Stored step.
        step_m: f64,
    },
    /// None.
    None,
}

/// Where positions come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Positions {
    /// A receiver on a wrist.
    Receiver {
        /// Standard deviation of each axis, m.
        sd_m: f64,
        /// Correlation time, s.
        memory_s: f64,
        /// Bias towards the runner's left, m.
        left_bias_m: f64,
    },
    /// The watch draws the ideal line (track mode).
    Drawn,
    /// Indoors.
    None,
}

/// Where running dynamics come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DynamicsSource {
    /// Nowhere.
    None,
    /// A strap or pod that measures: the body's own values plus this sensor's offsets.
    Sensor {
        /// Offset of contact time, ms.
        contact_ms: f64,
        /// Offset of oscillation, mm.
        bounce_mm: f64,
    },
    /// The watch's formula of its own speed and cadence.
    Formula {
        /// Offset of contact time, ms.
        contact_ms: f64,
        /// Offset of oscillation, mm.
        bounce_mm: f64,
    },
}

/// What a device gets wrong; seconds count from the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quirk {
    /// Cadence not recorded.
    CadenceMissing {
        /// First second.
        from_s: i64,
        /// How long.
        seconds: i64,
    },
    /// Cadence recorded as zero while running.
    CadenceZero {
        /// First second.
        from_s: i64,
        /// How long.
        seconds: i64,
    },
    /// Cadence and speed repeat one value.
    CadenceStuck {
        /// First second.
        from_s: i64,
        /// How long.
        seconds: i64,
    },
    /// Every second stride missed.
    HalfCadence {
        /// First second.
        from_s: i64,
        /// How long.
        seconds: i64,
    },
    /// Heart rate locked to step rate.
    HeartLock {
        /// First second.
        from_s: i64,
        /// How long.
        seconds: i64,
    },
    /// Running dynamics written as zero where the sensor has none (COROS style).
    DynamicsZero {
        /// First second.
        from_s: i64,
        /// How long.
        seconds: i64,
    },
    /// One record carries a time that is off by so many seconds.
    ClockGlitch {
        /// Which second.
        at_s: i64,
        /// By how much.
        by_s: i64,
    },
}

/// A watch with its sensors.
#[derive(Clone, Debug)]
pub struct Device {
    /// Vendor.
    pub maker: Maker,
    /// Product number of the vendor.
    pub product: u16,
    /// Product name as files of the vendor show it.
    pub name: &'static str,
    /// Firmware, hundredths.
    pub firmware: u16,
    /// Serial number (invented).
    pub serial: u32,
    /// When it records.
    pub sampling: Sampling,
    /// How it stores cadence.
    pub cadence: CadenceStorage,
    /// Altitude.
    pub altimeter: Altimeter,
    /// Positions.
    pub positions: Positions,
    /// Running dynamics.
    pub dynamics: DynamicsSource,
    /// Distance it sees over true distance.
    pub distance_scale: f64,
    /// Laps cut every so many metres.
    pub lap_m: Option<f64>,
    /// What it gets wrong.
    pub quirks: Vec<Quirk>,
}

/// One record as stored: already rounded to what the device keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Record {
    /// Unix seconds.
    pub unix_s: i64,
    /// Latitude and longitude, degrees.
    pub position: Option<(f64, f64)>,
    /// Metres above sea level.
    pub altitude_m: Option<f64>,
    /// Metres since the start.
    pub distance_m: f64,
    /// Metres per second.
    pub speed_m_s: f64,
    /// Strides (one leg) per minute.
    pub strides: Option<f64>,
    /// Beats per minute.
    pub heart_bpm: Option<u8>,
    /// Contact time, ms.
    pub contact_ms: Option<f64>,
    /// Left share of contact time, percent.
    pub balance_left: Option<f64>,
    /// Oscillation, mm.
    pub bounce_mm: Option<f64>,
    /// Vertical ratio, percent.
    pub ratio_percent: Option<f64>,
    /// Length of one step, mm.
    pub step_mm: Option<f64>,
}

/// A lap, or the whole session, as the device sums it up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// First second, Unix.
    pub start_s: i64,
    /// One past the last second, Unix.
    pub end_s: i64,
    /// Metres.
    pub distance_m: f64,
    /// Seconds with the timer running.
    pub timer_s: f64,
    /// Climb, whole metres.
    pub ascent_m: Option<u16>,
    /// Drop, whole metres.
    pub descent_m: Option<u16>,
    /// Mean strides per minute by the vendor's own rule.
    pub strides: Option<f64>,
    /// Highest strides per minute.
    pub max_strides: Option<f64>,
    /// Strides counted.
    pub cycles: Option<u32>,
    /// Mean and highest heart rate.
    pub heart_bpm: Option<(u8, u8)>,
    /// Highest speed, m/s.
    pub max_speed_m_s: f64,
    /// Mean contact time where there is one, ms.
    pub contact_ms: Option<f64>,
    /// Mean left share where there is one, percent.
    pub balance_left: Option<f64>,
    /// Mean oscillation where there is one, mm.
    pub bounce_mm: Option<f64>,
    /// Mean vertical ratio where there is one, percent.
    pub ratio_percent: Option<f64>,
    /// Mean step length where there is one, mm.
    pub step_mm: Option<f64>,
}

/// What a device has in memory when the run is saved.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The device.
    pub device: Device,
    /// Records in order.
    pub records: Vec<Record>,
    /// Timer stops: first and one past the last second, Unix.
    pub stops: Vec<(i64, i64)>,
    /// Laps.
    pub laps: Vec<Summary>,
    /// The whole.
    pub session: Summary,
}

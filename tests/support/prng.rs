//! Our own small generator, so that a seed means the same numbers on every machine and in every
//! year: xoshiro256++ (Blackman and Vigna 2019), seeded by splitmix64.

/// Uniform and Gaussian numbers from a seed.
#[derive(Clone, Debug)]
pub struct Prng {
    state: [u64; 4],
    spare: Option<f64>,
}

impl Prng {
    /// A generator for a seed; near seeds give unrelated streams.
    pub fn new(seed: u64) -> Self {
        let mut word = seed;
        let mut next = || {
            word = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = word;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        };
        Self { state: [next(), next(), next(), next()], spare: None }
    }

    /// An independent stream for one purpose, so that adding a purpose changes no other number.
    pub fn stream(seed: u64, purpose: &str) -> Self {
        // FNV-1a over the purpose's name.
        let hash = purpose.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
            (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self::new(seed.rotate_left(17) ^ hash)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        let s = &mut self.state;
        let out = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        out
    }

    /// Uniform in [0, 1).
    pub fn uniform(&mut self) -> f64 {
        // 53 bits fill the mantissa.
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform whole number in `low..=high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.uniform() * (high - low + 1) as f64) as i64
    }

    /// Standard normal, by Box and Muller.
    pub fn gauss(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        let (sin, cos) = (std::f64::consts::TAU * self.uniform()).sin_cos();
        self.spare = Some(radius * sin);
        radius * cos
    }

    /// Student t with `dof` degrees of freedom, scaled to unit variance: heavy tails.
    pub fn heavy(&mut self, dof: u32) -> f64 {
        let chi2: f64 = (0..dof).map(|_| self.gauss().powi(2)).sum();
        let dof = f64::from(dof);
        self.gauss() / (chi2 / dof).sqrt() * ((dof - 2.0) / dof).sqrt()
    }
}

/// First-order autoregression with a stationary standard deviation.
#[derive(Clone, Debug)]
pub struct Ar1 {
    value: f64,
    keep: f64,
    sd: f64,
}

impl Ar1 {
    /// A series whose correlation falls to 1/e after `correlation_steps` steps.
    pub fn with_time(sd: f64, correlation_steps: f64, prng: &mut Prng) -> Self {
        Self::new(sd, (-1.0 / correlation_steps).exp(), prng)
    }

    /// A series with this lag-1 correlation, already in its stationary state.
    pub fn new(sd: f64, lag_1: f64, prng: &mut Prng) -> Self {
        Self { value: sd * prng.gauss(), keep: lag_1, sd }
    }

    /// The next value.
    pub fn next(&mut self, prng: &mut Prng) -> f64 {
        if self.sd == 0.0 {
            return 0.0;
        }
        let fresh = self.sd * (1.0 - self.keep * self.keep).sqrt();
        self.value = self.keep * self.value + fresh * prng.gauss();
        self.value
    }
}

//! A small mutator: seeded, so that a failure comes back.

/// Marsaglia's xorshift.
pub struct Chance(u64);

impl Chance {
    /// From a seed that is not zero.
    pub fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number under a bound that is not zero.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.bits() % bound as u64) as usize
    }
}

/// Numbers at which formats turn.
const EDGES: &[u8] =
    &[0, 1, 0x7f, 0x80, 0xfe, 0xff, 0x40, 0x60, b'<', b'>', b'&', b'"', b'-', b'.'];

/// A damaged copy: one to eight changes of bits, bytes, words and stretches.
pub fn mutate(seed: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..1 + chance.below(8) {
        if bytes.is_empty() {
            return other.to_vec();
        }
        let at = chance.below(bytes.len());
        // Stretches are short: what they hit is then still followed by what is whole.
        let end = (at + 1 + chance.below(64)).min(bytes.len());
        match chance.below(9) {
            0 => bytes[at] ^= 1 << chance.below(8),
            1 => bytes[at] = EDGES[chance.below(EDGES.len())],
            2 => bytes[at] = chance.bits() as u8,
            3 => drop(bytes.drain(at..end)),
            4 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
            5 => bytes.insert(at, EDGES[chance.below(EDGES.len())]),
            6 => bytes[at..end].fill(EDGES[chance.below(EDGES.len())]),
            7 => bytes.truncate(at),
            _ => {
                let from = chance.below(other.len().max(1)).min(other.len());
                let till = (from + 1 + chance.below(64)).min(other.len());
                drop(bytes.splice(at..end, other[from..till].iter().copied()));
            }
        }
    }
    bytes
}

//! Writes zips byte by byte, so that tests can damage any field of them.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

pub const STORED: u16 = 0;
pub const DEFLATED: u16 = 8;
pub const SIZES_BEHIND: u16 = 8;

/// One member on its way into an archive.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: Vec<u8>,
    pub packed: Vec<u8>,
    pub method: u16,
    pub flags: u16,
    pub crc: u32,
    pub length: u64,
    /// Unix mode, for links.
    pub mode: u32,
    /// Where the directory says that it begins, when that is a lie.
    pub claimed_at: Option<u32>,
    /// The stored size as the headers give it, when that is a lie.
    pub claimed_stored: Option<u32>,
}

pub fn crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

impl Entry {
    pub fn stored(name: impl AsRef<[u8]>, bytes: &[u8]) -> Self {
        Self {
            name: name.as_ref().to_vec(),
            packed: bytes.to_vec(),
            method: STORED,
            flags: 0,
            crc: crc(bytes),
            length: bytes.len() as u64,
            mode: 0,
            claimed_at: None,
            claimed_stored: None,
        }
    }

    pub fn deflated(name: impl AsRef<[u8]>, bytes: &[u8]) -> Self {
        Self { packed: deflate(bytes), method: DEFLATED, ..Self::stored(name, bytes) }
    }

    /// As Java's and other streaming writers do it.
    pub fn sizes_behind(mut self) -> Self {
        self.flags |= SIZES_BEHIND;
        self
    }

    fn stored_size(&self) -> u32 {
        self.claimed_stored.unwrap_or(self.packed.len() as u32)
    }

    /// Fields that local headers and the directory share, from the version on.
    fn fields(&self, local: bool) -> Vec<u8> {
        let behind = local && self.flags & SIZES_BEHIND != 0;
        let (crc, stored, length) = match behind {
            true => (0, 0, 0),
            false => (self.crc, self.stored_size(), self.length as u32),
        };
        let mut out = Vec::new();
        for short in [20, self.flags, self.method, 0, 0x21] {
            out.extend(u16::to_le_bytes(short));
        }
        for long in [crc, stored, length] {
            out.extend(long.to_le_bytes());
        }
        out.extend((self.name.len() as u16).to_le_bytes());
        out
    }
}

/// An archive: members, directory, end.
pub fn zip(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for entry in entries {
        let at = entry.claimed_at.unwrap_or(out.len() as u32);
        out.extend(b"PK\x03\x04");
        out.extend(entry.fields(true));
        out.extend([0, 0]);
        out.extend(&entry.name);
        out.extend(&entry.packed);
        if entry.flags & SIZES_BEHIND != 0 {
            out.extend(b"PK\x07\x08");
            for long in [entry.crc, entry.stored_size(), entry.length as u32] {
                out.extend(long.to_le_bytes());
            }
        }
        directory.extend(b"PK\x01\x02");
        directory.extend([20, 3]);
        directory.extend(entry.fields(false));
        directory.extend([0; 8]);
        directory.extend((entry.mode << 16).to_le_bytes());
        directory.extend(at.to_le_bytes());
        directory.extend(&entry.name);
    }
    let start = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    for _ in 0..2 {
        out.extend((entries.len() as u16).to_le_bytes());
    }
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// The same without the directory and with the last member cut.
pub fn truncated(entries: &[Entry], keep: f64) -> Vec<u8> {
    let mut whole = zip(entries);
    whole.truncate((whole.len() as f64 * keep) as usize);
    whole
}

/// An archive as zip64 has it: sizes and places of 64 bits, as many members as there are.
pub fn wide(entries: &[Entry]) -> Vec<u8> {
    const NARROW: [u8; 4] = [0xff; 4];
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for entry in entries {
        let at = out.len() as u64;
        let sizes =
            [entry.length.to_le_bytes(), (entry.packed.len() as u64).to_le_bytes()].concat();
        let behind = entry.flags & SIZES_BEHIND != 0;
        // Version, flags, method, time, date, checksum; then both sizes are said to stand elsewhere.
        let fields = |local: bool| {
            let fields = entry.fields(local);
            let (head, name) = (&fields[..14], &fields[22..]);
            [head, &NARROW, &NARROW, name].concat()
        };
        out.extend(b"PK\x03\x04");
        out.extend(fields(true));
        out.extend([20, 0]);
        out.extend(&entry.name);
        out.extend([1, 0, 16, 0]);
        out.extend(if behind { vec![0; 16] } else { sizes.clone() });
        out.extend(&entry.packed);
        if behind {
            out.extend(b"PK\x07\x08");
            out.extend(entry.crc.to_le_bytes());
            out.extend((entry.packed.len() as u64).to_le_bytes());
            out.extend(entry.length.to_le_bytes());
        }
        directory.extend(b"PK\x01\x02");
        directory.extend([45, 3]);
        directory.extend(fields(false));
        directory.extend([28, 0, 0, 0, 0, 0, 0, 0]);
        directory.extend((entry.mode << 16).to_le_bytes());
        directory.extend(NARROW);
        directory.extend(&entry.name);
        directory.extend([1, 0, 24, 0]);
        directory.extend(&sizes);
        directory.extend(at.to_le_bytes());
    }
    let (start, count) = (out.len() as u64, entries.len() as u64);
    let length = directory.len() as u64;
    out.extend(&directory);
    let end = out.len() as u64;
    out.extend(b"PK\x06\x06");
    out.extend(44_u64.to_le_bytes());
    out.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    [count, count, length, start].iter().for_each(|n| out.extend(n.to_le_bytes()));
    out.extend(b"PK\x06\x07\0\0\0\0");
    out.extend(end.to_le_bytes());
    out.extend([1, 0, 0, 0]);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([0xff; 12]);
    out.extend([0, 0]);
    out
}

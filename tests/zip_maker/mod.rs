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

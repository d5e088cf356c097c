//! How a content is packed.
//!
//! Small ones by zstd. A large one, which a search may have to unpack thousands of, as one block of LZ4 packed with care: that
//! takes a fifth more room than zstd and is unpacked five times as fast (decision 43). Both begin with what their readers skip:
//! the filter of [`grams`], and for LZ4 the XXH3 of the content, since its own check takes longer than the unpacking. So
//! `zstd -d` and `lz4 -d` unpack the files that have their ending.

use std::cell::RefCell;
use std::io::{self, Read};

use lz4::block::{CompressionMode, compress, decompress_to_buffer};
use twox_hash::XxHash3_64;
use zstd::bulk::{Compressor, Decompressor};

use crate::grams::{self, SKIPPED};

/// zstd's own default: as fast as the disk, and configurations shrink to a tenth.
const LEVEL: i32 = 3;

/// Of LZ4: the first that is more than a fifth smaller than the one before.
const CARE: i32 = 3;

/// No device says more at once.
const LARGEST: usize = 1 << 30;

/// A frame of LZ4 (LZ4 frame format 1.6) with independent blocks of 4 MiB at most and no check of its own.
const FRAME: [u8; 7] = [0x04, 0x22, 0x4d, 0x18, 0x60, 0x70, 0x73];
const LARGEST_BLOCK: usize = 4 << 20;

/// Label of the frame with the XXH3, and what stands before it: magic number and length.
const CHECK: &[u8; 4] = b"xxh3";
const CHECK_HEAD: [u8; 8] = [SKIPPED[0], SKIPPED[1], SKIPPED[2], SKIPPED[3], 12, 0, 0, 0];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Lz4,
    Zstd,
}

impl Packing {
    pub const ALL: [Packing; 2] = [Packing::Lz4, Packing::Zstd];

    /// The ending of the names of such files.
    pub fn ending(self) -> &'static str {
        match self {
            Packing::Lz4 => "lz4",
            Packing::Zstd => "zst",
        }
    }

    /// Where a content of so many bytes is looked for, one after the other.
    pub fn of_size(size: u64) -> [Packing; 2] {
        match size < grams::SMALLEST as u64 {
            true => [Packing::Zstd, Packing::Lz4],
            false => [Packing::Lz4, Packing::Zstd],
        }
    }
}

/// Packed as is best for its size.
pub(crate) fn pack(bytes: &[u8]) -> io::Result<(Packing, Vec<u8>)> {
    match grams::frame(bytes) {
        Some(frame) if bytes.len() <= LARGEST_BLOCK => Ok((Packing::Lz4, [frame, lz4(bytes)?].concat())),
        Some(frame) => Ok((Packing::Zstd, [frame, zstd(bytes)?].concat())),
        None => Ok((Packing::Zstd, zstd(bytes)?)),
    }
}

fn lz4(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let block = compress(bytes, Some(CompressionMode::HIGHCOMPRESSION(CARE)), false)?;
    let length = u32::try_from(block.len()).map_err(io::Error::other)?;
    let check = XxHash3_64::oneshot(bytes).to_le_bytes();
    let end = [0; 4];
    Ok([&CHECK_HEAD[..], CHECK, &check, &FRAME, &length.to_le_bytes(), &block, &end].concat())
}

fn zstd(bytes: &[u8]) -> io::Result<Vec<u8>> {
    thread_local! {
        /// Its tables are large: making them costs more than packing a small content.
        static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    }
    PACKER.with_borrow_mut(|packer| match packer {
        Some(packer) => packer.compress(bytes),
        None => {
            let mut new = Compressor::new(LEVEL)?;
            new.include_checksum(true)?;
            packer.insert(new).compress(bytes)
        }
    })
}

/// Unpacks one content after the other, without a new buffer for each.
#[derive(Default)]
pub(crate) struct Unpacker {
    zstd: Option<Decompressor<'static>>,
    bytes: Vec<u8>,
}

impl Unpacker {
    /// The content of so many bytes; none when it is damaged as far as the packing can tell.
    pub fn unpack(&mut self, packing: Packing, packed: &[u8], size: usize) -> Option<&[u8]> {
        match packing {
            Packing::Lz4 => {
                let lz4 = parts(packed).filter(|_| size <= LARGEST_BLOCK)?;
                // What is behind the end of this one is of one before.
                self.bytes.resize(self.bytes.len().max(size), 0);
                let read = unpack_lz4(lz4, &mut self.bytes[..size])?;
                (read == size).then_some(&self.bytes[..size])
            }
            Packing::Zstd => {
                let unpacker = match &mut self.zstd {
                    Some(unpacker) => unpacker,
                    None => self.zstd.insert(Decompressor::new().ok()?),
                };
                self.bytes.clear();
                self.bytes.reserve(Some(size).filter(|size| *size <= LARGEST)?);
                let read = unpacker.decompress_to_buffer(packed, &mut self.bytes).ok()?;
                (read == size).then_some(&self.bytes[..])
            }
        }
    }

    /// What was unpacked last, of so many bytes.
    pub fn into_bytes(mut self, size: usize) -> Vec<u8> {
        self.bytes.truncate(size);
        self.bytes
    }
}

/// A content of which nobody knows how large it is; a few bytes can be packed that would fill the memory.
pub(crate) fn unpack_any(packing: Packing, packed: &[u8]) -> Option<Vec<u8>> {
    match packing {
        Packing::Lz4 => {
            let lz4 @ (_, block) = parts(packed)?;
            // A byte of LZ4 stands for 255 at most.
            let mut bytes = vec![0; LARGEST_BLOCK.min(block.len().saturating_mul(255))];
            let read = unpack_lz4(lz4, &mut bytes)?;
            bytes.truncate(read);
            Some(bytes)
        }
        Packing::Zstd => {
            let mut bytes = Vec::new();
            let unpacker = zstd::stream::read::Decoder::new(packed).ok()?;
            unpacker.take(LARGEST as u64).read_to_end(&mut bytes).ok()?;
            Some(bytes)
        }
    }
}

/// How many bytes the block gave, whose check is the one that came with it.
fn unpack_lz4((check, block): ([u8; 8], &[u8]), into: &mut [u8]) -> Option<usize> {
    let read = decompress_to_buffer(block, Some(i32::try_from(into.len()).ok()?), into).ok()?;
    (XxHash3_64::oneshot(&into[..read]).to_le_bytes() == check).then_some(read)
}

/// The XXH3 of a content that is packed by LZ4, and the packed block.
fn parts(packed: &[u8]) -> Option<([u8; 8], &[u8])> {
    let rest = grams::behind(packed).strip_prefix(&CHECK_HEAD)?.strip_prefix(CHECK)?;
    let (check, rest) = rest.split_first_chunk()?;
    let (length, rest) = rest.strip_prefix(&FRAME)?.split_first_chunk()?;
    let (block, end) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    (end == [0; 4]).then_some((*check, block))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(lines: usize) -> Vec<u8> {
        (0..lines)
            .map(|n| format!("interface Ethernet{n}\n description Room {}\n", n * 7919 % 9000))
            .collect::<String>()
            .into()
    }

    #[test]
    fn what_is_packed_is_unpacked_whatever_was_unpacked_before() {
        let mut unpacker = Unpacker::default();
        for (lines, packing) in [(900, Packing::Lz4), (0, Packing::Zstd), (5, Packing::Zstd), (300, Packing::Lz4)] {
            let content = config(lines);
            let (packed_by, packed) = pack(&content).expect("packed");
            assert_eq!(packed_by, packing, "{lines}");
            assert_eq!(Packing::of_size(content.len() as u64)[0], packing);
            assert_eq!(unpacker.unpack(packing, &packed, content.len()), Some(&content[..]), "{lines}");
            assert_eq!(unpack_any(packing, &packed), Some(content), "{lines}");
        }
        let large = config(LARGEST_BLOCK / 30);
        let (packing, packed) = pack(&large).expect("packed");
        assert_eq!(packing, Packing::Zstd);
        assert_eq!(unpacker.unpack(packing, &packed, large.len()), Some(&large[..]));
    }

    #[test]
    fn a_damaged_one_is_known_wherever_the_damage_is() {
        let content = config(400);
        let (packing, packed) = pack(&content).expect("packed");
        let filter = packed.len() - grams::behind(&packed).len();
        let mut unpacker = Unpacker::default();
        for at in filter..packed.len() {
            let mut damaged = packed.clone();
            damaged[at] ^= 0x10;
            let read = unpacker.unpack(packing, &damaged, content.len());
            assert!(read.is_none_or(|read| read == content), "byte {at}");
            assert!(unpack_any(packing, &damaged).is_none_or(|read| read == content), "byte {at}");
        }
        for length in 0..packed.len() {
            assert_eq!(unpacker.unpack(packing, &packed[..length], content.len()), None, "{length} bytes");
        }
        let by_zstd = zstd(&content).expect("packed");
        for size in [0, content.len() - 1, content.len() + 1, LARGEST_BLOCK, LARGEST_BLOCK + 1, usize::MAX] {
            assert_eq!(unpacker.unpack(packing, &packed, size), None, "{size} bytes");
            assert_eq!(unpacker.unpack(Packing::Zstd, &by_zstd, size), None, "{size} bytes");
        }
    }
}

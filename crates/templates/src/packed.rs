//! Many small files as compressed blocks: what the build embeds, and what `templates update` stores.
//!
//! A process that needs one template unpacks the list of files and one block.
//!
//! The list, then the blocks; each is its length (4 bytes, little end first) and as many bytes of zstd. A line of the list
//! is `NAME<tab>BLOCK<tab>LENGTH`, in the order of the files in their blocks.

use std::io;

/// Name and text of each file.
pub type Files = Vec<(String, String)>;

/// Bytes of text in a block: fewer would compress worse, more would take longer to unpack.
const BLOCK: usize = 64 << 10;
/// Bytes of the length before each part.
pub const LENGTH: usize = 4;
/// More than a block or the list takes when unpacked: the largest file, and one block.
const MOST: usize = 4 << 20;

/// Where a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub block: usize,
    pub start: usize,
    pub end: usize,
}

/// What is packed, not unpacked yet.
#[derive(Debug)]
pub struct Packed<'p> {
    /// By name, in the order of their places.
    pub files: Vec<(String, Place)>,
    /// Compressed.
    pub blocks: Vec<&'p [u8]>,
}

/// Files in order of name, packed at a level of zstd.
pub fn pack(files: &Files, level: i32) -> io::Result<Vec<u8>> {
    let mut list = String::new();
    let mut blocks = vec![String::new()];
    for (name, text) in files {
        if blocks.last().is_some_and(|block| block.len() + text.len() > BLOCK) {
            blocks.push(String::new());
        }
        list += &format!("{name}\t{}\t{}\n", blocks.len() - 1, text.len());
        blocks.last_mut().into_iter().for_each(|block| block.push_str(text));
    }
    let mut packed = Vec::new();
    for part in std::iter::once(&list).chain(&blocks) {
        let part = zstd::bulk::compress(part.as_bytes(), level)?;
        packed.extend((part.len() as u32).to_le_bytes());
        packed.extend(part);
    }
    Ok(packed)
}

/// Reads the list alone; an error when there is none.
pub fn open(packed: &[u8]) -> io::Result<Packed<'_>> {
    let damaged = || io::Error::other("the templates are damaged");
    let mut parts = Vec::new();
    let mut rest = packed;
    while !rest.is_empty() {
        let (length, after) = rest.split_first_chunk::<LENGTH>().ok_or_else(damaged)?;
        let (part, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(damaged)?;
        parts.push(part);
        rest = after;
    }
    let (list, blocks) = parts.split_first().ok_or_else(damaged)?;
    let list = unpack(list)?;
    let mut files: Vec<(String, Place)> = Vec::new();
    for line in list.lines() {
        let (name, block, length) = entry(line).ok_or_else(damaged)?;
        let last = files.last().filter(|(_, place)| place.block == block);
        let start = last.map_or(0, |(_, place)| place.end);
        files.push((name.to_owned(), Place { block, start, end: start + length }));
    }
    if files.last().is_some_and(|(_, place)| place.block >= blocks.len()) {
        return Err(damaged());
    }
    Ok(Packed { files, blocks: blocks.to_vec() })
}

fn entry(line: &str) -> Option<(&str, usize, usize)> {
    let mut cells = line.split('\t');
    Some((cells.next()?, cells.next()?.parse().ok()?, cells.next()?.parse().ok()?))
}

/// The text of a block.
pub fn unpack(block: &[u8]) -> io::Result<String> {
    String::from_utf8(zstd::bulk::decompress(block, MOST)?).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_found_again() {
        let text = |n: usize| format!("file {n} ").repeat(n * 100);
        let files: Files = (0..60).map(|n| (format!("name {n:02}"), text(n))).collect();
        let packed = pack(&files, 1).expect("packed");
        let list = open(&packed).expect("a list");
        assert!(list.blocks.len() > 3);
        for ((name, text), (found, place)) in files.iter().zip(&list.files) {
            let block = unpack(list.blocks[place.block]).expect("a block");
            assert_eq!((name, text.as_str()), (found, &block[place.start..place.end]));
        }
    }

    #[test]
    fn what_is_cut_is_damaged() {
        let packed = pack(&vec![("a".to_owned(), "text".to_owned())], 1).expect("packed");
        let read = |end| open(&packed[..end]).and_then(|list| unpack(list.blocks.first().copied().unwrap_or_default()));
        assert!(read(packed.len()).is_ok());
        assert!((1..packed.len()).all(|end| read(end).is_err()));
    }
}

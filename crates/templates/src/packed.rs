//! Many small files as one compressed blob: what the build embeds, and what `templates update` stores.

/// Name and text of each file.
pub type Files = Vec<(String, String)>;

/// More than all templates take when unpacked, in bytes.
const MOST: usize = 32 << 20;

/// For each file: length of the name, length of the text (both 4 bytes, little end first), name, text.
pub fn plain(files: &Files) -> Vec<u8> {
    let mut plain = Vec::new();
    for (name, text) in files {
        for part in [name, text] {
            plain.extend((part.len() as u32).to_le_bytes());
        }
        plain.extend(name.bytes().chain(text.bytes()));
    }
    plain
}

/// As [`plain`], compressed.
pub fn pack(files: &Files, level: i32) -> std::io::Result<Vec<u8>> {
    zstd::bulk::compress(&plain(files), level)
}

/// What was packed; an error when it is damaged.
pub fn unpack(packed: &[u8]) -> std::io::Result<Files> {
    let bytes = zstd::bulk::decompress(packed, MOST)?;
    let mut files = Vec::new();
    let mut rest = &bytes[..];
    while !rest.is_empty() {
        let (name, text, after) = next(rest).ok_or_else(|| std::io::Error::other("the templates are damaged"))?;
        files.push((name.to_owned(), text.to_owned()));
        rest = after;
    }
    Ok(files)
}

/// The first file, and the rest.
fn next(plain: &[u8]) -> Option<(&str, &str, &[u8])> {
    let (name, rest) = plain.split_first_chunk::<4>()?;
    let (text, rest) = rest.split_first_chunk::<4>()?;
    let (name, rest) = rest.split_at_checked(u32::from_le_bytes(*name) as usize)?;
    let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*text) as usize)?;
    Some((str::from_utf8(name).ok()?, str::from_utf8(text).ok()?, rest))
}

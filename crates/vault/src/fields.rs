//! Tagged fields, as what is sealed is written: tag, length, bytes. One allocation of the right size, so that no
//! copy of a secret is left behind by one that grew.

use zeroize::Zeroizing;

/// What is sealed is a multiple of this: the length of a password is not told.
const BLOCK: usize = 64;
/// Ends the fields; the rest is padding.
const END: u8 = 0;

pub(crate) fn encode(fields: &[(u8, &[u8])]) -> Zeroizing<Vec<u8>> {
    let size: usize = fields.iter().map(|(_, value)| 5 + value.len()).sum();
    let mut bytes = Zeroizing::new(Vec::with_capacity((size + 1).next_multiple_of(BLOCK)));
    for (tag, value) in fields {
        bytes.push(*tag);
        bytes.extend_from_slice(&u32::try_from(value.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend_from_slice(value);
    }
    bytes.resize((size + 1).next_multiple_of(BLOCK), END);
    bytes
}

/// Nothing when a field is cut.
pub(crate) fn decode(mut bytes: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let mut fields = Vec::new();
    while let Some((&tag, rest)) = bytes.split_first().filter(|(tag, _)| **tag != END) {
        let (size, rest) = rest.split_first_chunk::<4>()?;
        let (value, rest) = rest.split_at_checked(u32::from_le_bytes(*size) as usize)?;
        fields.push((tag, value));
        bytes = rest;
    }
    Some(fields)
}

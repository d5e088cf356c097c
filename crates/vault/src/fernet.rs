//! Fernet tokens, to read what others sealed: AES-128-CBC, then HMAC-SHA-256. No age is asked for; a backup is old.

use aes::Aes128;
use base64ct::{Base64Url, Encoding};
use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::boxed::Key;

const VERSION: u8 = 0x80;
const TIME: usize = 8;
const IV: usize = 16;
const MAC: usize = 32;
/// Half of the key signs, the other half seals.
const HALF: usize = 16;

/// Nothing when it is no token, or one of another key.
pub(crate) fn open(key: &Key, token: &str) -> Option<Zeroizing<Vec<u8>>> {
    let (sign, seal) = key.expose().split_first_chunk::<HALF>()?;
    let seal: &[u8; HALF] = seal.try_into().ok()?;
    let bytes = Base64Url::decode_vec(token.trim()).ok()?;
    let (signed, mac) = bytes.split_last_chunk::<MAC>()?;
    Hmac::<Sha256>::new_from_slice(sign).ok()?.chain_update(signed).verify_slice(mac).ok()?;
    let rest = signed.strip_prefix(&[VERSION])?.get(TIME..)?;
    let (iv, body) = rest.split_first_chunk::<IV>()?;
    let mut plain = Zeroizing::new(body.to_vec());
    let size = Decryptor::<Aes128>::new(seal.into(), iv.into()).decrypt_padded::<Pkcs7>(&mut plain).ok()?.len();
    plain.truncate(size);
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of all vectors that the specification publishes.
    const SECRET: &str = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

    fn opened(token: &str) -> Option<String> {
        let secret = Base64Url::decode_vec(SECRET).expect("base64");
        let key = Key::fill(|key| key.copy_from_slice(&secret));
        open(&key, token).map(|plain| String::from_utf8(plain.to_vec()).expect("text"))
    }

    #[test]
    fn the_vectors_of_the_specification() {
        let token =
            "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";
        assert_eq!(opened(token).as_deref(), Some("hello"));
        let wrong = [
            // The signature; too short; no base64; no whole blocks; the padding; the initialisation vector.
            "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==",
            "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA==",
            "%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==",
            "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm",
            "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==",
            "gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ==",
        ];
        for token in wrong {
            assert_eq!(opened(token), None, "{token}");
        }
    }
}

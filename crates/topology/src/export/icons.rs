//! Drawings of devices, our own: what an engineer expects to see for a router, a switch, a firewall, an access point.

use base64ct::{Base64, Encoding as _};

use super::scene::Kind;

/// Lines on a field of 48 by 48, without the `svg` around them. All are drawn in the colour of `stroke`.
pub(crate) fn drawing(kind: Kind) -> &'static str {
    match kind {
        // A disc, two arrows in and two out.
        Kind::Router => {
            "<circle cx='24' cy='24' r='20'/><path d='M24 21V9M20 13l4-4 4 4M24 27v12M20 35l4 4 4-4M9 24h11M16 20l4 4-4 4M39 24H28M32 20l-4 4 4 4'/>"
        }
        // A wall.
        Kind::Firewall => {
            "<path d='M6 10h36v28H6zM6 19h36M6 29h36M18 10v9M32 10v9M12 19v10M25 19v10M37 19v10M18 29v9M32 29v9'/>"
        }
        // A box with arrows to all sides, and a frame more in the backbone.
        Kind::Core => "<path d='M4 8h40v32H4zM8 12h32v24H8zM13 19h20M29 15l4 4-4 4M35 29H15M19 25l-4 4 4 4'/>",
        Kind::Spine => {
            "<path d='M5 10h38v28H5zM24 14v20M20 18l4-4 4 4M20 30l4 4 4-4M11 24h26M15 20l-4 4 4 4M33 20l4 4-4 4'/>"
        }
        Kind::Leaf => "<path d='M5 14h38v20H5zM11 20h22M29 17l4 3-4 3M37 28H15M19 25l-4 3 4 3'/>",
        Kind::Access => "<path d='M4 17h40v14H4zM9 22h4v4H9zM17 22h4v4h-4zM25 22h4v4h-4zM33 22h4v4h-4z'/>",
        // A dot in waves.
        Kind::Wireless => {
            "<circle cx='24' cy='34' r='2'/><path d='M16 27a11 11 0 0 1 16 0M11 21a18 18 0 0 1 26 0M6 15a26 26 0 0 1 36 0'/>"
        }
        Kind::Other => "<path d='M6 12h36v24H6zM12 30h6M22 30h6'/>",
        Kind::Unknown => {
            "<circle cx='24' cy='24' r='20' stroke-dasharray='4 4'/><path d='M18 19a6 6 0 1 1 9 5c-2 1-3 2-3 5M24 34v1'/>"
        }
    }
}

/// As a picture that draw.io takes in a style: it wants no semicolon there.
pub(crate) fn picture(kind: Kind, colour: &str) -> String {
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 48' width='48' height='48' fill='none' stroke='{colour}' \
         stroke-width='2.2' stroke-linecap='round' stroke-linejoin='round'>{}</svg>",
        drawing(kind)
    );
    format!("data:image/svg+xml,{}", Base64::encode_string(svg.as_bytes()))
}

//! The platforms that come with the product.

use dialog::Profile;
use model::platform::Platforms;

#[test]
fn every_platform_compiles() {
    for platform in Platforms::builtin().all() {
        if let Err(e) = Profile::compile(&platform.session) {
            panic!("{}: {e}: {}", platform.name, e.source);
        }
    }
}

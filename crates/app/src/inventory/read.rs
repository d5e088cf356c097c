//! What a person wrote, as values of fields.

use model::object::DEVICE;
use model::text::shown;
use model::{Field, ObjectKind, Platforms};
use store::NewValue;

use crate::{AppError, AppResult};

/// Fields by their names and other names; the last of two wins.
pub(crate) fn values(kind: &'static ObjectKind, set: &[(String, String)]) -> AppResult<Vec<NewValue>> {
    let mut values: Vec<NewValue> = Vec::with_capacity(set.len());
    for (name, text) in set {
        let field = field(kind, name)?;
        let value = field.read(text).map_err(AppError::Usage)?;
        values.retain(|(f, _)| f.name != field.name);
        values.push((field, value));
    }
    Ok(values)
}

/// Fields that nobody is to have the say of any more.
pub(crate) fn released(kind: &'static ObjectKind, names: &[String]) -> AppResult<Vec<&'static str>> {
    if !names.is_empty() && *kind != DEVICE {
        return Err(AppError::Usage(format!("nobody else says what {} are", kind.plural)));
    }
    names.iter().map(|name| Ok(field(kind, name)?.name)).collect()
}

/// The platform of a device under the name by which we know it: `ios` is `cisco_ios`.
pub(crate) fn name_platforms(platforms: &Platforms, kind: &ObjectKind, values: &mut [NewValue]) {
    for (field, value) in values.iter_mut().filter(|_| *kind == DEVICE) {
        if let (true, Some(text)) = (field.name == "platform", value.as_mut())
            && let Some(known) = platforms.get(text)
        {
            text.clone_from(&known.name);
        }
    }
}

fn field(kind: &'static ObjectKind, name: &str) -> AppResult<&'static Field> {
    kind.field(name.trim()).ok_or_else(|| {
        let known: Vec<&str> = kind.fields.iter().map(|f| f.name).collect();
        AppError::Usage(format!("a {} has no `{}`; it has {}", kind.name, shown(name), known.join(", ")))
    })
}

//! What a person wrote, as values of fields.

use model::object::DEVICE;
use model::text::shown;
use model::{Field, ObjectKind};
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

fn field(kind: &'static ObjectKind, name: &str) -> AppResult<&'static Field> {
    kind.field(name.trim()).ok_or_else(|| {
        let known: Vec<&str> = kind.fields.iter().map(|f| f.name).collect();
        AppError::Usage(format!("a {} has no `{}`; it has {}", kind.name, shown(name), known.join(", ")))
    })
}

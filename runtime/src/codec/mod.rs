//! The value codec: MessagePack with named fields, made faithful.

namespace tessera::ui {}

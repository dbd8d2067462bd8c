// Tries: to have the compiler load code, by options in the source.
// Must end: compiled or refused, with no plugin loaded.
#pragma GCC optimize("plugin=/box/main.cpp")
#pragma GCC target("plugin=/box/main.cpp")
__attribute__((optimize("-fplugin=/box/main.cpp"))) int loaded() { return 0; }
int main() { return loaded(); }

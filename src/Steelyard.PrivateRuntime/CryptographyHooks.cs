using Mono.Cecil;

namespace Steelyard.PrivateRuntime;

/// <summary>Writes a copy of System.Security.Cryptography whose generator of random numbers asks the hook of
/// the copied core library, and not OpenSSL.</summary>
internal static class CryptographyHooks
{
    /// <summary>The library's file.</summary>
    public const string FileName = "System.Security.Cryptography.dll";

    const string Generator = "System.Security.Cryptography.RandomNumberGeneratorImplementation";

    /// <summary>Writes the copy.</summary>
    /// <param name="original">The library's file.</param>
    /// <param name="core">The file of the copied core library.</param>
    /// <param name="copy">The file to write.</param>
    /// <exception cref="RuntimeCopyException">The library is not made as it is expected to be.</exception>
    public static void Write(string original, string core, string copy)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(core));
        resolver.AddSearchDirectory(Path.GetDirectoryName(original));
        using var library =
            ModuleDefinition.ReadModule(original, new ReaderParameters { AssemblyResolver = resolver });
        using var hooked = ModuleDefinition.ReadModule(core);
        var field = hooked.GetType(CoreLibraryHooks.FieldsType).Fields
            .First(hook => hook.Name == CoreLibraryHooks.RandomBytes);
        CoreLibraryHooks.FillsBytes(
            CoreLibraryHooks.MethodOf(library, Generator, "GetBytes", "Byte*", "Int32"),
            library.ImportReference(field));
        CoreLibraryHooks.WriteIl(library, copy);
    }
}

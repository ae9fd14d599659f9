using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Steelyard.PrivateRuntime;

/// <summary>Writes a copy of System.Net.Sockets in which a call that holds up its thread, for bytes or for
/// room, asks a hook of the copied core library first.</summary>
internal static class SocketHooks
{
    /// <summary>The library's file.</summary>
    public const string FileName = "System.Net.Sockets.dll";

    const string Calls = "System.Net.Sockets.SocketPal";
    const string Handle = "System.Net.Sockets.SafeSocketHandle";

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
        var field = library.ImportReference(hooked.GetType(CoreLibraryHooks.FieldsType).Fields
            .First(hook => hook.Name == CoreLibraryHooks.SocketWaits));
        AddTo(library, field, "Receive", toSend: false);
        AddTo(library, field, "ReceiveFrom", toSend: false);
        AddTo(library, field, "Send", toSend: true);
        CoreLibraryHooks.WriteIl(library, copy);
    }

    static void AddTo(ModuleDefinition library, FieldReference hook, string name, bool toSend)
    {
        var calls = library.GetType(Calls)?.Methods
            .Where(method => method.Name == name && method.Parameters[0].ParameterType.FullName == Handle)
            .ToList();
        if (calls is not { Count: > 0 })
            throw new RuntimeCopyException($"{library.Name}: expected {Calls}.{name}, found none");
        var timeout = CoreLibraryHooks.MethodOf(
            library, Handle, toSend ? "get_SendTimeout" : "get_ReceiveTimeout");
        var neverWaits = CoreLibraryHooks.MethodOf(library, Handle, "get_IsNonBlocking");
        var number = new MethodReference(
            "DangerousGetHandle", library.TypeSystem.IntPtr,
            library.GetTypeReferences().First(type => type.Name == "SafeHandle")) { HasThis = true };
        foreach (var call in calls)
            new MethodHook(call).WaitsFirst(
                hook, neverWaits,
                Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Callvirt, number),
                Instruction.Create(toSend ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0),
                Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Callvirt, timeout));
    }
}

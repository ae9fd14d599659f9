using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Steelyard.PrivateRuntime;

/// <summary>
/// Writes a copy of System.Private.CoreLib in which every clock, random source and timer asks a hook first.
/// The runtime's own scheduling (all of System.Threading) keeps the machine's clocks: a pool that spins for
/// some microseconds would spin for ever where time stands.
/// </summary>
internal sealed class CoreLibraryHooks
{
    /// <summary>The library's file.</summary>
    public const string FileName = "System.Private.CoreLib.dll";

    /// <summary>The type whose fields are the hooks.</summary>
    public const string FieldsType = FieldsNamespace + "." + FieldsName;

    /// <summary>The hook of <see cref="Environment.TickCount64"/>.</summary>
    public const string Milliseconds = "Milliseconds";

    /// <summary>The hook of <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>.</summary>
    public const string Timestamp = "Timestamp";

    /// <summary>The hook of <see cref="DateTime.UtcNow"/>.</summary>
    public const string UtcTicks = "UtcTicks";

    /// <summary>The hook of everything that wants random bytes.</summary>
    public const string RandomBytes = "RandomBytes";

    /// <summary>The hook of <see cref="Random.Shared"/>.</summary>
    public const string SharedRandom = "SharedRandom";

    /// <summary>The hook of every timer.</summary>
    public const string SetTimer = "SetTimer";

    const string FieldsNamespace = "Steelyard";
    const string FieldsName = "RuntimeHooks";

    // Any does; the same in every process, so that strings have the same hashes, and hash collections of them
    // the same order.
    const long HashSeed = 0x5157_6565_6c79_6172;
    const int ShortHashSeed = 0x5157_6565;

    readonly ModuleDefinition _library;
    readonly TypeDefinition _hooks;

    CoreLibraryHooks(ModuleDefinition library)
    {
        _library = library;
        _hooks = new(
            FieldsNamespace, FieldsName,
            TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.Class,
            library.TypeSystem.Object);
        library.Types.Add(_hooks);
    }

    /// <summary>Writes the copy.</summary>
    /// <param name="original">The library's file.</param>
    /// <param name="copy">The file to write.</param>
    /// <exception cref="RuntimeCopyException">The library is not made as it is expected to be.</exception>
    public static void Write(string original, string copy)
    {
        using var library = ModuleDefinition.ReadModule(original);
        new CoreLibraryHooks(library).Add();
        WriteIl(library, copy);
    }

    /// <summary>Writes a library without its precompiled code, which does not have the hooks.</summary>
    internal static void WriteIl(ModuleDefinition library, string copy)
    {
        // The mark of an image that has code for one kind of machine keeps one without any from loading.
        library.Architecture = TargetArchitecture.I386;
        library.Attributes = ModuleAttributes.ILOnly;
        library.Write(copy);
    }

    /// <summary>A method of a library, by its name and the number of its parameters.</summary>
    /// <exception cref="RuntimeCopyException">There is no such method, or it has no code.</exception>
    internal static MethodDefinition MethodOf(
        ModuleDefinition library, string type, string name, params string[] parameters) =>
        library.GetType(type)?.Methods.FirstOrDefault(method => method.Name == name && method.HasBody
                && method.Parameters.Select(parameter => parameter.ParameterType.Name)
                    .SequenceEqual(parameters, StringComparer.Ordinal))
            ?? throw new RuntimeCopyException(
                $"{library.Name}: expected {type}.{name}({string.Join(", ", parameters)}), found none");

    void Add()
    {
        AddClocks();
        AddRandoms();
        AddTimers();
        Fix("System.Marvin", "GenerateSeed", Instruction.Create(OpCodes.Ldc_I8, HashSeed));
        Fix("System.HashCode", "GenerateGlobalSeed", Instruction.Create(OpCodes.Ldc_I4, ShortHashSeed));
    }

    void AddClocks()
    {
        var milliseconds = MethodOf(_library, "System.Environment", "get_TickCount64");
        var ticks = MethodOf(_library, "System.Environment", "get_TickCount");
        var timestamp = MethodOf(_library, "System.Diagnostics.Stopwatch", "GetTimestamp");
        var utcNow = MethodOf(_library, "System.DateTime", "get_UtcNow");
        var machines = MachinesOwn(milliseconds);
        LeaveScheduling(new()
        {
            [milliseconds] = machines,
            [ticks] = MachinesOwn(ticks, (milliseconds, machines)),
            [timestamp] = MachinesOwn(timestamp),
            [utcNow] = MachinesOwn(utcNow),
        });
        new MethodHook(milliseconds).AsksForNumber(NumberField(Milliseconds));
        new MethodHook(timestamp).AsksForNumber(NumberField(Timestamp));
        var create = MethodOf(_library, "System.DateTime", ".ctor", "Int64", "DateTimeKind");
        new MethodHook(utcNow).AsksForNumber(
            NumberField(UtcTicks),
            Instruction.Create(OpCodes.Ldc_I4, (int)DateTimeKind.Utc),
            Instruction.Create(OpCodes.Newobj, create));
    }

    void AddRandoms()
    {
        var fill = Field(
            RandomBytes, _library.TypeSystem.IntPtr, _library.TypeSystem.Int32, _library.TypeSystem.Boolean);
        foreach (var name in new[] { "GetRandomBytes", "GetCryptographicallySecureRandomBytes" })
            FillsBytes(MethodOf(_library, "Interop", name, "Byte*", "Int32"), fill);
        new MethodHook(MethodOf(_library, "System.Random/ThreadSafeRandom", "get_LocalRandom"))
            .AsksForObject(Field(SharedRandom, _library.TypeSystem.Object));
    }

    /// <summary>Lets a hook fill the bytes that a method is given, as a pointer and a count.</summary>
    internal static void FillsBytes(MethodDefinition method, FieldReference hook) =>
        new MethodHook(method).AsksToAct(
            hook,
            Instruction.Create(OpCodes.Ldarg_0),
            Instruction.Create(OpCodes.Conv_I),
            Instruction.Create(OpCodes.Ldarg_1));

    void AddTimers()
    {
        var number = _library.TypeSystem.UInt32;
        var setTimer = Field(
            SetTimer, _library.TypeSystem.Object, _library.GetType("System.Threading.TimerCallback"), number,
            number, _library.TypeSystem.Boolean);
        const string queue = "System.Threading.TimerQueue";
        const string timer = "TimerQueueTimer";
        var callback = FieldOf("System.Threading.TimerQueueTimer", "_timerCallback");
        callback.IsAssembly = true;
        new MethodHook(MethodOf(_library, queue, "UpdateTimer", timer, "UInt32", "UInt32")).AsksToAct(
            setTimer,
            Instruction.Create(OpCodes.Ldarg_1),
            Instruction.Create(OpCodes.Ldarg_1),
            Instruction.Create(OpCodes.Ldfld, callback),
            Instruction.Create(OpCodes.Ldarg_2),
            Instruction.Create(OpCodes.Ldarg_3));
        new MethodHook(MethodOf(_library, queue, "DeleteTimer", timer)).AsksToAct(
            setTimer,
            Instruction.Create(OpCodes.Ldarg_1),
            Instruction.Create(OpCodes.Ldarg_1),
            Instruction.Create(OpCodes.Ldfld, callback),
            Instruction.Create(OpCodes.Ldc_I4_M1),
            Instruction.Create(OpCodes.Ldc_I4_M1));
    }

    FieldDefinition FieldOf(string type, string name) =>
        _library.GetType(type)?.Fields.FirstOrDefault(field => field.Name == name)
        ?? throw new RuntimeCopyException($"{_library.Name}: expected {type}.{name}, found none");

    // Drawn before anybody can set a hook.
    void Fix(string type, string name, Instruction seed)
    {
        var method = MethodOf(_library, type, name);
        method.Body = new(method);
        method.Body.Instructions.Add(seed);
        method.Body.Instructions.Add(Instruction.Create(OpCodes.Ret));
    }

    // The same code under another name, which no hook stands in front of.
    static MethodDefinition MachinesOwn(
        MethodDefinition method, (MethodDefinition From, MethodDefinition To)? calls = null)
    {
        var own = new MethodDefinition(
            $"{method.Name}OfTheMachine", MethodAttributes.Assembly | MethodAttributes.Static,
            method.ReturnType);
        own.Body.MaxStackSize = method.Body.MaxStackSize;
        foreach (var instruction in method.Body.Instructions)
        {
            var copy = Instruction.Create(OpCodes.Nop);
            (copy.OpCode, copy.Operand) = (instruction.OpCode, instruction.Operand);
            if (copy.Operand is Instruction or Instruction[] or VariableDefinition)
                throw new RuntimeCopyException($"{method.FullName}: expected code without branches");
            if (calls is { } call && copy.Operand == call.From)
                copy.Operand = call.To;
            own.Body.Instructions.Add(copy);
        }

        method.DeclaringType.Methods.Add(own);
        return own;
    }

    void LeaveScheduling(Dictionary<MethodDefinition, MethodDefinition> machines)
    {
        foreach (var method in _library.GetTypes().Where(IsScheduling).SelectMany(type => type.Methods))
            if (method.HasBody)
                foreach (var instruction in method.Body.Instructions)
                    if (instruction.Operand is MethodDefinition called
                        && machines.TryGetValue(called, out var own))
                        instruction.Operand = own;
    }

    static bool IsScheduling(TypeDefinition type)
    {
        var outermost = type;
        while (outermost.DeclaringType is { } outer)
            outermost = outer;
        return outermost.Namespace is "System.Threading" or "System.Threading.Tasks";
    }

    FieldDefinition NumberField(string name) => Field(name, _library.TypeSystem.Int64);

    FieldDefinition Field(string name, params TypeReference[] argumentsAndResult)
    {
        var function = _library.GetType($"System.Func`{argumentsAndResult.Length}");
        var type = new GenericInstanceType(function);
        foreach (var argument in argumentsAndResult)
            type.GenericArguments.Add(argument);
        var field = new FieldDefinition(name, FieldAttributes.Public | FieldAttributes.Static, type);
        _hooks.Fields.Add(field);
        return field;
    }
}

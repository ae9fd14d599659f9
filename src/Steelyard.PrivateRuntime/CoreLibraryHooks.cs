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

    /// <summary>The hook of every <see cref="Random"/> without a seed.</summary>
    public const string RandomBits = "RandomBits";

    /// <summary>The hook of every timer.</summary>
    public const string SetTimer = "SetTimer";

    /// <summary>The hook of a socket that holds up its thread.</summary>
    public const string SocketWaits = "SocketWaits";

    /// <summary>Whether everything for the pool waits in one queue, and not in one for each thread.</summary>
    public const string OneQueue = "OneQueue";

    const string FieldsNamespace = "Steelyard";
    const string FieldsName = "RuntimeHooks";

    // Any does; the same in every process, so that strings have the same hashes, and hash collections of them
    // the same order.
    const long HashSeed = 0x5157_6565_6c79_6172;
    const int ShortHashSeed = 0x5157_6565;

    // Behind Random.Shared and new Random().
    const string Generator = "System.Random/XoshiroImpl";

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
        KeepTimers();
        AddWaits();
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
        var bytes = MethodOf(_library, "Interop", "GetRandomBytes", "Byte*", "Int32");
        // One that is made must take nothing of what the next one is given.
        var generator = MethodOf(_library, Generator, ".ctor");
        Redirect(generator, new() { [bytes] = MachinesOwn(bytes) });
        FillsBytes(bytes, fill);
        FillsBytes(
            MethodOf(_library, "Interop", "GetCryptographicallySecureRandomBytes", "Byte*", "Int32"), fill);
        // One that outlives a run, in a static say, must not go on where that run left it. The pool, which
        // has some of its own, draws when the machine's time says so.
        var asks = new FieldDefinition("_asksHooks", FieldAttributes.Assembly, _library.TypeSystem.Boolean);
        generator.DeclaringType.Fields.Add(asks);
        Marks(MethodOf(_library, "System.Random", ".ctor"), generator, asks);
        Marks(MethodOf(_library, "System.Random/ThreadSafeRandom", "Create"), generator, asks);
        new MethodHook(MethodOf(_library, Generator, "NextUInt64")).Where(asks)
            .AsksForNumber(NumberField(RandomBits));
        new MethodHook(MethodOf(_library, Generator, "NextBytes", "Span`1")).Where(asks).AsksToFill(fill);
    }

    // What a method makes gets a mark.
    static void Marks(MethodDefinition method, MethodDefinition made, FieldDefinition mark)
    {
        var code = method.Body.GetILProcessor();
        var creation = method.Body.Instructions.FirstOrDefault(instruction =>
            instruction.OpCode == OpCodes.Newobj && instruction.Operand == made)
            ?? throw new RuntimeCopyException($"{method.FullName}: expected {made.FullName}, found none");
        method.Body.MaxStackSize += 2;
        code.InsertAfter(creation, code.Create(OpCodes.Stfld, mark));
        code.InsertAfter(creation, code.Create(OpCodes.Ldc_I4_1));
        code.InsertAfter(creation, code.Create(OpCodes.Dup));
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

    // A timer that nobody holds goes on: the finalizer that stops it runs when the collector says so, and
    // that follows the machine.
    void KeepTimers() => Fix("System.Threading.TimerHolder", "Finalize");

    // A thread that takes another one's place would look for work at a thread of the machine's choice.
    void AddWaits()
    {
        var (number, yes) = (_library.TypeSystem.Int32, _library.TypeSystem.Boolean);
        Field(SocketWaits, _library.TypeSystem.IntPtr, yes, number, yes);
        var isOne = new FieldDefinition(OneQueue, FieldAttributes.Public | FieldAttributes.Static, yes);
        _hooks.Fields.Add(isOne);
        var enqueue = MethodOf(
            _library, "System.Threading.ThreadPoolWorkQueue", "Enqueue", "Object", "Boolean");
        new MethodHook(enqueue).Overrides(enqueue.Parameters[1], isOne);
    }

    FieldDefinition FieldOf(string type, string name) =>
        _library.GetType(type)?.Fields.FirstOrDefault(field => field.Name == name)
        ?? throw new RuntimeCopyException($"{_library.Name}: expected {type}.{name}, found none");

    // What comes before anybody can set a hook, or asks nobody.
    void Fix(string type, string name, params Instruction[] result)
    {
        var method = MethodOf(_library, type, name);
        method.Body = new(method);
        foreach (var instruction in result)
            method.Body.Instructions.Add(instruction);
        method.Body.Instructions.Add(Instruction.Create(OpCodes.Ret));
    }

    // The same code under another name, which no hook stands in front of.
    static MethodDefinition MachinesOwn(
        MethodDefinition method, (MethodDefinition From, MethodDefinition To)? calls = null)
    {
        var own = new MethodDefinition(
            $"{method.Name}OfTheMachine", MethodAttributes.Assembly | MethodAttributes.Static,
            method.ReturnType);
        foreach (var parameter in method.Parameters)
            own.Parameters.Add(new(parameter.Name, parameter.Attributes, parameter.ParameterType));
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
                Redirect(method, machines);
    }

    static void Redirect(MethodDefinition method, Dictionary<MethodDefinition, MethodDefinition> calls)
    {
        foreach (var instruction in method.Body.Instructions)
            if (instruction.Operand is MethodDefinition called && calls.TryGetValue(called, out var instead))
                instruction.Operand = instead;
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

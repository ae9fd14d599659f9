using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Steelyard.PrivateRuntime;

/// <summary>Puts a question to a hook in front of a method. Where no hook is set, or where it leaves the
/// question to the machine, the method goes on as it always did.</summary>
internal sealed class MethodHook
{
    readonly MethodDefinition _method;
    readonly Instruction _machine;
    readonly ILProcessor _code;

    public MethodHook(MethodDefinition method)
    {
        _method = method;
        _machine = method.Body.Instructions[0];
        _code = method.Body.GetILProcessor();
        // A hook takes four arguments at most, beside what is asked of.
        method.Body.MaxStackSize = Math.Max(method.Body.MaxStackSize, 8);
    }

    /// <summary>Asks only of objects that have a mark.</summary>
    public MethodHook Where(FieldReference mark)
    {
        Add(
            _code.Create(OpCodes.Ldarg_0), _code.Create(OpCodes.Ldfld, mark),
            _code.Create(OpCodes.Brfalse, _machine));
        return this;
    }

    /// <summary>Lets a hook answer with a number that stands for the machine when it is
    /// <see cref="ProcessHooks.Machine"/>.</summary>
    /// <param name="hook">The field of a <c>Func</c> of no argument.</param>
    /// <param name="answers">What makes the method's result of the number.</param>
    public void AsksForNumber(FieldReference hook, params Instruction[] answers)
    {
        var answer = new VariableDefinition(_method.Module.TypeSystem.Int64);
        _method.Body.Variables.Add(answer);
        _method.Body.InitLocals = true;
        Ask(hook);
        Add(
            _code.Create(OpCodes.Stloc, answer),
            _code.Create(OpCodes.Ldloc, answer),
            _code.Create(OpCodes.Ldc_I8, ProcessHooks.Machine),
            _code.Create(OpCodes.Beq, _machine),
            _code.Create(OpCodes.Ldloc, answer));
        Add(answers);
        Add(_code.Create(OpCodes.Ret));
    }

    /// <summary>Lets a hook do what the method does, and say whether it did.</summary>
    /// <param name="hook">The field of a <c>Func</c> that gives a Boolean.</param>
    /// <param name="arguments">What it is given.</param>
    public void AsksToAct(FieldReference hook, params Instruction[] arguments)
    {
        Ask(hook, arguments);
        Add(_code.Create(OpCodes.Brfalse, _machine));
        if (_method.ReturnType.MetadataType == MetadataType.Boolean)
            Add(_code.Create(OpCodes.Ldc_I4_1));
        Add(_code.Create(OpCodes.Ret));
    }

    /// <summary>Makes a parameter true while a field is.</summary>
    public void Overrides(ParameterDefinition parameter, FieldReference field) => Add(
        _code.Create(OpCodes.Ldsfld, field), _code.Create(OpCodes.Brfalse, _machine),
        _code.Create(OpCodes.Ldc_I4_1), _code.Create(OpCodes.Starg, parameter));

    /// <summary>Lets a hook wait before the method does what it does.</summary>
    /// <param name="hook">The field of a <c>Func</c>; what it gives is not looked at.</param>
    /// <param name="neverWaits">A property of the first argument.</param>
    /// <param name="arguments">What the hook is given.</param>
    public void WaitsFirst(FieldReference hook, MethodReference neverWaits, params Instruction[] arguments)
    {
        Add(
            _code.Create(OpCodes.Ldarg_0), _code.Create(OpCodes.Callvirt, neverWaits),
            _code.Create(OpCodes.Brtrue, _machine));
        Ask(hook, arguments);
        Add(_code.Create(OpCodes.Pop));
    }

    /// <summary>Lets a hook fill the span of bytes that a method of an object is given.</summary>
    /// <param name="hook">The field of a <c>Func</c> of a pointer and a count.</param>
    public void AsksToFill(FieldReference hook)
    {
        var library = _method.Module;
        var first = new VariableDefinition(new PinnedType(new ByReferenceType(library.TypeSystem.Byte)));
        _method.Body.Variables.Add(first);
        _method.Body.InitLocals = true;
        var bytes = (GenericInstanceType)_method.Parameters[0].ParameterType;
        var reference = new GenericInstanceMethod(CoreLibraryHooks.MethodOf(
            library, "System.Runtime.InteropServices.MemoryMarshal", "GetReference", bytes.Name));
        reference.GenericArguments.Add(library.TypeSystem.Byte);
        AsksToAct(
            hook,
            _code.Create(OpCodes.Ldarg_1),
            _code.Create(OpCodes.Call, reference),
            _code.Create(OpCodes.Stloc, first),
            _code.Create(OpCodes.Ldloc, first),
            _code.Create(OpCodes.Conv_I),
            _code.Create(OpCodes.Ldarga, _method.Parameters[0]),
            _code.Create(
                OpCodes.Call,
                new MethodReference("get_Length", library.TypeSystem.Int32, bytes) { HasThis = true }));
    }

    void Ask(FieldReference hook, params Instruction[] arguments)
    {
        Add(_code.Create(OpCodes.Ldsfld, hook), _code.Create(OpCodes.Brfalse, _machine));
        Add(_code.Create(OpCodes.Ldsfld, hook));
        Add(arguments);
        Add(_code.Create(OpCodes.Callvirt, InvokeOf((GenericInstanceType)hook.FieldType)));
    }

    void Add(params Instruction[] instructions)
    {
        foreach (var instruction in instructions)
            _code.InsertBefore(_machine, instruction);
    }

    static MethodReference InvokeOf(GenericInstanceType type)
    {
        var open = type.ElementType.Resolve().Methods.First(method => method.Name == "Invoke");
        var invoke = new MethodReference("Invoke", open.ReturnType, type) { HasThis = true };
        foreach (var parameter in open.Parameters)
            invoke.Parameters.Add(new(parameter.ParameterType));
        return invoke;
    }
}

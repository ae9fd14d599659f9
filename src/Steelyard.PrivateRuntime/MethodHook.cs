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

    /// <summary>Lets a hook answer with an object, if it has one.</summary>
    /// <param name="hook">The field of a <c>Func</c> of no argument.</param>
    public void AsksForObject(FieldReference hook)
    {
        var answer = new VariableDefinition(_method.Module.TypeSystem.Object);
        _method.Body.Variables.Add(answer);
        _method.Body.InitLocals = true;
        Ask(hook);
        Add(
            _code.Create(OpCodes.Stloc, answer),
            _code.Create(OpCodes.Ldloc, answer),
            _code.Create(OpCodes.Brfalse, _machine),
            _code.Create(OpCodes.Ldloc, answer),
            _code.Create(OpCodes.Castclass, _method.ReturnType),
            _code.Create(OpCodes.Ret));
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

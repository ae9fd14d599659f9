using System.Numerics;
using Steelyard.Analysis.Models.Words;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>
/// Registers whose values are numbered, so that the state of them all is a few bits and a step is a mask and
/// a comparison: nothing is built or compared by content.
/// </summary>
internal sealed class PackedRegisters : StateMachine
{
    const int MostBits = 128;

    readonly MultiRegisterModel _model;
    readonly List<Register> _registers = [];
    readonly Dictionary<Value, int> _registerOf = [];
    readonly Dictionary<OperationShape, int> _classOf = [];
    readonly List<RegisterStep[]?> _classes = [];
    readonly List<UInt128> _states = [0];
    readonly Dictionary<UInt128, int> _numberOf = new() { [0] = Initial };

    PackedRegisters(MultiRegisterModel model) => _model = model;

    /// <summary>The machine for a history; null where its registers take more bits than there are.</summary>
    public static PackedRegisters? For(MultiRegisterModel model, History history)
    {
        var machine = new PackedRegisters(model);
        for (var i = 0; i < history.Count; i++)
            if (history[i].Function == Functions.Txn)
                machine.TakeValues(history[i]);
        var bits = 0;
        foreach (var register in machine._registers)
        {
            register.Shift = bits;
            var width = BitOperations.Log2((uint)register.Values.Count) + 1;
            register.Mask = (UInt128.One << width) - 1;
            bits += width;
        }

        return bits <= MostBits ? machine : null;
    }

    void TakeValues(Operation operation)
    {
        foreach (var step in MultiRegisterModel.StepsOf(operation))
        {
            if (operation.Outcome != Outcome.Ok && !MultiRegisterModel.IsWrite(step))
                continue;
            var name = step.AsList[1];
            if (_registerOf.TryAdd(name, _registers.Count))
                _registers.Add(new(name, _model.InitialOf(name)));
            var register = _registers[_registerOf[name]];
            if (register.NumberOf.TryAdd(step.AsList[2], register.Values.Count))
                register.Values.Add(step.AsList[2]);
        }
    }

    /// <inheritdoc/>
    public override int ClassOf(Operation operation)
    {
        var shape = OperationShape.Of(operation, resultMatters: true, processMatters: false);
        if (_classOf.TryGetValue(shape, out var number))
            return number;
        _classes.Add(_model.IsPossible(operation) ? StepsOf(operation) : null);
        return _classOf[shape] = _classes.Count - 1;
    }

    RegisterStep[] StepsOf(Operation operation)
    {
        var steps = new List<RegisterStep>();
        foreach (var step in MultiRegisterModel.StepsOf(operation))
        {
            var isWrite = MultiRegisterModel.IsWrite(step);
            if (!isWrite && operation.Outcome != Outcome.Ok)
                continue;
            var register = _registers[_registerOf[step.AsList[1]]];
            var value = (UInt128)(uint)register.NumberOf[step.AsList[2]] << register.Shift;
            steps.Add(new(isWrite, register.Mask << register.Shift, value));
        }

        return [.. steps];
    }

    protected override int Compute(int state, int operationClass)
    {
        if (_classes[operationClass] is not { } steps)
            return Refused;
        var next = _states[state];
        foreach (var step in steps)
        {
            if (step.IsWrite)
                next = (next & ~step.Mask) | step.Value;
            else if ((next & step.Mask) != step.Value)
                return Refused;
        }

        return Number(next);
    }

    int Number(UInt128 state)
    {
        if (_numberOf.TryGetValue(state, out var number))
            return number;
        _states.Add(state);
        return _numberOf[state] = _states.Count - 1;
    }

    /// <inheritdoc/>
    public override string Describe(int state) => MapOf(state, isWhole: false).ToString();

    /// <inheritdoc/>
    protected override Contradiction Contradiction(Operation operation, IEnumerable<int> states) =>
        _model.Words.Of(operation, [.. states.Select(state => MapOf(state, isWhole: true))]);

    // Registers that hold what they held at first are left out where they need not be told.
    Value MapOf(int state, bool isWhole)
    {
        var pairs = new List<(Value, Value)>();
        foreach (var register in _registers)
        {
            var number = (int)((_states[state] >> register.Shift) & register.Mask);
            if (isWhole || number > 0)
                pairs.Add((register.Name, register.Values[number]));
        }

        return Value.Map([.. pairs]);
    }

    /// <inheritdoc/>
    public override bool CanGrowInto(int state, int observerClass) => true;

    /// <inheritdoc/>
    public override string? TextOf(int state) => null;

    /// <inheritdoc/>
    public override string? TextObserved(int observerClass) => null;

    readonly record struct RegisterStep(bool IsWrite, UInt128 Mask, UInt128 Value);

    // Its initial value has number 0.
    sealed class Register(Value name, Value initial)
    {
        public Value Name => name;

        public List<Value> Values { get; } = [initial];

        public Dictionary<Value, int> NumberOf { get; } = new() { [initial] = 0 };

        public int Shift { get; set; }

        public UInt128 Mask { get; set; }
    }
}

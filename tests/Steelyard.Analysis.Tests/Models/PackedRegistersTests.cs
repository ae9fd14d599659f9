using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Models;

public class PackedRegistersTests
{
    // 40 registers are 80 bits; 200 are more than are packed, and are judged as a map.
    [Theory]
    [InlineData(40, true)]
    [InlineData(200, false)]
    public void Registers_are_judged_alike_whether_they_are_packed_or_not(int registers, bool isPacked)
    {
        foreach (var stale in (int[])[-1, 0, registers - 1])
        {
            var history = History(registers, stale);
            var model = (MultiRegisterModel)KnownModels.MultiRegister();

            Assert.Equal(isPacked, PackedRegisters.For(model, history) is not null);
            var expected = stale < 0 ? Validity.Valid : Validity.Invalid;
            Assert.Equal(expected, new Linearizable(model).Check(history).Validity);
        }
    }

    [Fact]
    public void A_state_is_described_by_the_registers_that_were_written()
    {
        var builder = new HistoryBuilder();
        Add(builder, ("write", "x", 7), ("read", "y", 0));
        var history = builder.Build();
        var machine = PackedRegisters.For((MultiRegisterModel)KnownModels.MultiRegister(), history)!;

        var next = machine.Step(StateMachine.Initial, machine.ClassOf(history[0]));

        Assert.Equal(Value.Map(("x", 7)).ToString(), machine.Describe(next));
        Assert.Equal(Value.Map().ToString(), machine.Describe(StateMachine.Initial));
    }

    // Each is written twice and read at the end; one of the reads may miss the second write.
    static History History(int registers, int stale)
    {
        var builder = new HistoryBuilder();
        for (var i = 0; i < registers; i++)
            Add(builder, ("write", $"r{i}", 1), ("write", $"r{(i + 1) % registers}", 1));
        for (var i = 0; i < registers; i++)
            Add(builder, ("read", $"r{i}", 1), ("write", $"r{i}", 2));
        for (var i = 0; i < registers; i++)
            Add(builder, ("read", $"r{i}", i == stale ? 1 : 2));
        return builder.Build();
    }

    static void Add(HistoryBuilder builder, params (string Function, string Register, int Value)[] steps)
    {
        var asked = steps.Select(step => Value.List(
            step.Function, step.Register, step.Function == "read" ? Value.Nil : step.Value));
        var answered = steps.Select(step => Value.List(step.Function, step.Register, step.Value));
        var operation = builder.Invoke(0, Functions.Txn, Value.Nil, Value.List([.. asked]));
        builder.Complete(operation, Outcome.Ok, Value.List([.. answered]));
    }
}

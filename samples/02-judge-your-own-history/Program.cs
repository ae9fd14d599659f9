using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Histories;

var recorder = new HistoryBuilder();
var first = recorder.Invoke(process: 0, "draw", key: Value.Nil, input: Value.Nil);
var second = recorder.Invoke(process: 1, "draw", key: Value.Nil, input: Value.Nil);
recorder.Complete(second, Outcome.Ok, output: 1);
recorder.Complete(first, Outcome.Ok, output: args is ["twice"] ? 1 : 2);

var verdict = new Linearizable(new TicketMachine()).Check(recorder.Build());
Console.WriteLine($"{verdict.Validity}: {verdict.Summary}");

/// <summary>Gives 1, 2, 3 … and no number twice.</summary>
internal sealed class TicketMachine : Model<long>
{
    public override string Name => "ticket-machine";

    public override long Initial(Value key) => 0;

    public override bool TryStep(long last, Operation operation, out long next)
    {
        next = last + 1;
        return Returned(operation, next);
    }
}

using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Sequential;

/// <summary>
/// The operations of each process in its order, as a search needs them. Real time does not count, so keys
/// cannot be judged apart: a state is one state per object.
/// </summary>
internal sealed class ProgramOrder
{
    readonly List<StateMachine> _machines = [];

    /// <summary>What each process did, in its order.</summary>
    public List<Step[]> Processes { get; } = [];

    /// <summary>How many objects there are.</summary>
    public int Objects => _machines.Count;

    public static ProgramOrder Of(Model model, History history)
    {
        var order = new ProgramOrder();
        var objectOfKey = new Dictionary<int, int>();
        var steps = new Dictionary<int, List<Step>>();
        for (var i = 0; i < history.Count; i++)
        {
            var operation = history[i];
            if (!Problem.Counts(model, operation))
                continue;
            var key = model.KeysAreIndependent ? history.KeyNumber(i) : 0;
            if (objectOfKey.TryAdd(key, order.Objects))
                order._machines.Add(model.Machine(
                    history, model.KeysAreIndependent ? operation.Key : Value.Nil));
            if (!steps.TryGetValue(operation.Process, out var own))
                steps.Add(operation.Process, own = []);
            own.Add(new(
                i, objectOfKey[key], order._machines[objectOfKey[key]].ClassOf(operation),
                model.OnlyObserves(operation), model.RoleOf(operation) == OperationRole.Optional));
        }

        order.Processes.AddRange(
            steps.Values.OrderBy(own => own[0].Operation).Select(own => own.ToArray()));
        return order;
    }

    /// <summary>The state of an object after a step, or <see cref="StateMachine.Refused"/>.</summary>
    public int After(int state, Step step) => _machines[step.Object].Step(state, step.Class);

    /// <summary>The same with some operations weakened: those that only observe are left out, others may
    /// happen at their place or never. Both only allow more.</summary>
    public ProgramOrder Weakened(HashSet<int> weakened)
    {
        var order = new ProgramOrder();
        order._machines.AddRange(_machines);
        foreach (var process in Processes)
            order.Processes.Add([.. process
                .Select(step => weakened.Contains(step.Operation) ? step with { IsOptional = true } : step)
                .Where(step => !step.Observes || !step.IsOptional)]);
        return order;
    }

    /// <summary>One operation of a process.</summary>
    /// <param name="Operation">Its history index.</param>
    /// <param name="Object">The object it works on.</param>
    /// <param name="Class">Its class, see <see cref="StateMachine.ClassOf"/>.</param>
    /// <param name="Observes">True when it never changes the state.</param>
    /// <param name="IsOptional">True when it may never have happened.</param>
    public readonly record struct Step(int Operation, int Object, int Class, bool Observes, bool IsOptional);
}

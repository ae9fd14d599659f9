using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Words;

/// <summary>"process 1 acquired the lock, although in every order that fits so far it was held": of locks and
/// semaphores.</summary>
/// <param name="isLock">Whether one permit is all there is.</param>
internal sealed class PermitWords(bool isLock) : ModelWords<long>
{
    public override Contradiction Of(Operation operation, IReadOnlyList<long> states)
    {
        var thing = (isLock ? "the lock" : "a permit")
            + (operation.Key.IsNil ? "" : $" of {Told(operation.Key)}");
        var isAcquire = operation.Function is "acquire" or "decr";
        var isRefused = operation.Output == 0 || operation.Output == Value.Of(false);
        var verb = (isAcquire, isRefused) switch
        {
            (true, false) => $"acquired {thing}",
            (true, true) => $"was refused {thing}",
            (false, false) => $"released {thing}",
            _ => $"was told that nobody holds {thing}",
        };
        return isLock
            ? new($"{Who(operation)} {verb}", "it was", states.Select(free => free > 0 ? "free" : "held"))
            : new($"{Who(operation)} {verb}", "the free permits were", states.Select(free =>
                free.ToString(CultureInfo.InvariantCulture)));
    }
}

using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Worlds.Tests.Load;

public sealed class RecordedWorkloadTests
{
    static readonly OfferedLoad s_load = new()
    {
        CreateWorkload = () => new Numbered(),
        Clients = 2,
        Duration = TimeSpan.FromSeconds(1),
        Settle = TimeSpan.FromSeconds(1),
    };

    [Fact]
    public void Each_operation_is_due_at_its_time_and_with_its_client()
    {
        var recorded = new RecordedWorkload(
            [At(700, 1, 3), At(100, 0, 1), At(100, 1, 2)], [At(0, 1, 9), At(0, 0, 8)]);

        var history = Run(recorded);

        Assert.Equal(
            ["100 ms: process 0 asks 1", "100 ms: process 1 asks 2", "700 ms: process 1 asks 3"],
            history.Operations.Where(operation => operation.IsRequest).Select(Told));
        Assert.Equal(
            [(0, 8), (1, 9)],
            history.Operations.Where(operation => !operation.IsRequest)
                .Select(read => (read.Process, (int)read.Input.AsInteger)));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(-1)]
    public void What_would_be_due_outside_the_load_is_refused(int ms)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Run(new([At(ms, 0, 1)])));

        Assert.Contains($"found ask due at {ms * 1_000_000L} ns", mistake.Message, StringComparison.Ordinal);
    }

    static History Run(RecordedWorkload recorded) =>
        new OneServer(recorded.InPlaceOf(s_load), it => new Asked(it, _ => TimeSpan.Zero)).Run();

    static RecordedOperation At(int ms, int client, int number) =>
        new(ms * 1_000_000L, client, Numbered.Ask(number));

    static string Told(Operation operation) =>
        $"{operation.IntendedNs / 1_000_000} ms: process {operation.Process} asks {operation.Input}";
}

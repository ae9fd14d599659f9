using Microsoft.AspNetCore.Builder;
using Steelyard.Services.Scenarios;

namespace Steelyard.Services.Tests.Determinism.Runtime;

/// <summary>Starts a thread that touches nothing of the world.</summary>
public sealed class ThreadStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world, application => application.MapGet("/", () =>
        {
            var answer = new TaskCompletionSource<string>();
            new Thread(() => answer.SetResult("yes")).Start();
            return answer.Task;
        }));
}

/// <summary>Starts one by way of a task.</summary>
public sealed class LongRunningStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world, application => application.MapGet("/", () => Task.Factory.StartNew(
            () => "yes", CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
}

/// <summary>Its twin queues the work.</summary>
public sealed class QueueingStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world, application => application.MapGet("/", () => Task.Run(() => "yes")));
}

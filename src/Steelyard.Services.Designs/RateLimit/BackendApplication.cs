using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.RateLimit;

/// <summary>What does the work: one thing after the other, 80 a second. What
/// was asked is done, also where nobody waits for it any more; so whoever
/// asks faster than it works has all of its work done for nothing.</summary>
internal static class BackendApplication
{
    static readonly TimeSpan Cost = TimeSpan.FromMilliseconds(12.5);

    /// <summary>Makes the application.</summary>
    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton<Processor>();
        var application = builder.Build();
        application.MapGet("/work", (Processor processor) => processor.Work(Cost));
        return application;
    }
}

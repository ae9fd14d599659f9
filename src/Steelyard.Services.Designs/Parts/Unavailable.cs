using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Steelyard.Services.Designs.Parts;

/// <summary>What a service says while its database or a neighbour is away.</summary>
internal static class Unavailable
{
    /// <summary>Answers 503 where a database or another service failed: nobody knows what was done, and the
    /// client is to ask again.</summary>
    public static void AnswersUnavailable(this WebApplication application) =>
        application.Use(static async (http, next) =>
        {
            try
            {
                await next(http).ConfigureAwait(false);
            }
            catch (Exception failure) when (IsAway(failure))
            {
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
        });

    /// <summary>Whether somebody else did not answer.</summary>
    public static bool IsAway(Exception failure) =>
        failure is DbException or HttpRequestException or OperationCanceledException;
}
